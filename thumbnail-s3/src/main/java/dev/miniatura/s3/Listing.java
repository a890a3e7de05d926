package dev.miniatura.s3;

import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix, fetched a page at a time as they are consumed. */
final class Listing implements Iterator<Entry> {

  private final Requests requests;
  private final String keyPrefix;
  private final String prefix;
  private final String after;
  private Iterator<S3Object> page = Collections.emptyIterator();
  private @Nullable String continuation;
  private boolean ended;
  private Optional<Entry> next = Optional.empty();

  /**
   * Prepares a listing; no request is sent yet.
   *
   * @param keyPrefix what precedes every key of the store
   * @param prefix the prefix of the store's keys to be listed
   * @param after the store's key to start after, or {@code ""}
   */
  Listing(Requests requests, String keyPrefix, String prefix, String after) {
    this.requests = requests;
    this.keyPrefix = keyPrefix;
    this.prefix = keyPrefix + prefix;
    this.after = after.isEmpty() ? "" : keyPrefix + after;
  }

  @Override
  public boolean hasNext() {
    try {
      while (next.isEmpty() && (page.hasNext() || !ended)) {
        if (page.hasNext()) {
          next = entry(page.next());
        } else {
          advance();
        }
      }
      return next.isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Entry entry = next.orElseThrow();
    next = Optional.empty();
    return entry;
  }

  private void advance() throws IOException {
    ListObjectsV2Response response = requests.list(prefix, after, continuation);
    page = response.contents().iterator();
    continuation = response.nextContinuationToken();
    ended = !Boolean.TRUE.equals(response.isTruncated()) || continuation == null;
  }

  /**
   * Returns an object's entry; empty for the object whose whole key is the store's prefix, and for
   * objects that a server lists although they are not below the prefix.
   */
  private Optional<Entry> entry(S3Object object) throws IOException {
    if (!object.key().startsWith(prefix)) {
      return Optional.empty();
    }
    String key = object.key().substring(keyPrefix.length());
    return key.isEmpty() ? Optional.empty() : Optional.of(requests.entry(key, object));
  }
}
