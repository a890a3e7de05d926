package dev.miniatura.s3;

import dev.miniatura.internal.io.RangedInput;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads one version of an object with successive requests, each for a range {@value #GROWTH} times
 * as long as the one before. So a reader that stops early causes little more than one range to be
 * sent, while one that reads on needs few requests: for 20 MB, three after a first range of 1 MiB.
 * A reader that knows what it needs asks for the ranges itself.
 *
 * <p>If the connection breaks within a range, the rest is requested again. Every request is for the
 * same version, so the bytes fit together or there is an error.
 */
final class RangedStream extends InputStream implements RangedInput {

  private static final int GROWTH = 4;

  /** The maximum number of broken connections in a row without a byte in between. */
  private static final int MAX_BREAKS = 3;

  private final Requests requests;
  private final ObjectVersion version;
  private final long size;
  private long position;
  private long rangeEnd; // of the current response; [position, rangeEnd) is still to come
  private long rangeLength;
  private int breaks;
  private final byte[] beginning; // what is known of the object
  private @Nullable ResponseInputStream<GetObjectResponse> response; // null within the beginning

  /** Creates a stream of an object whose first range is known. */
  RangedStream(Requests requests, ObjectVersion version, long size, byte[] beginning) {
    this.requests = requests;
    this.version = version;
    this.size = size;
    this.beginning = beginning;
    rangeLength = beginning.length;
    rangeEnd = beginning.length;
  }

  RangedStream(Requests requests, ObjectVersion version, long size, int firstRange)
      throws IOException {
    this(requests, version, size, new byte[0]);
    rangeLength = firstRange;
    rangeEnd = Math.min(size, rangeLength);
    response = request();
  }

  /** Returns the object's headers. */
  GetObjectResponse headers() {
    return Objects.requireNonNull(response).response();
  }

  private ResponseInputStream<GetObjectResponse> request() throws IOException {
    ResponseInputStream<GetObjectResponse> opened = requests.get(version, position, rangeEnd);
    long length = Objects.requireNonNullElse(opened.response().contentLength(), -1L);
    if (length != rangeEnd - position) {
      discard(opened);
      throw new StoreException(
          Kind.REJECTED, version.key() + ": the server does not send ranges of objects");
    }
    return opened;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (position < size) {
      if (position == rangeEnd) {
        nextRange();
      }
      int count = readRange(target, offset, (int) Math.min(length, rangeEnd - position));
      if (count > 0) {
        position += count;
        breaks = 0;
        return count;
      }
    }
    return -1;
  }

  private void nextRange() throws IOException {
    rangeLength *= GROWTH;
    request(position, position + rangeLength);
  }

  @Override
  public long requestedTo() {
    return rangeEnd;
  }

  @Override
  public void request(long from, long to) throws IOException {
    close();
    position = from;
    boolean known = from < beginning.length;
    rangeEnd = known ? beginning.length : Math.min(size, to);
    response = known || from >= size ? null : request();
  }

  /** Reads from the current response; returns 0 if it broke off and was requested again. */
  private int readRange(byte[] target, int offset, int length) throws IOException {
    IOException broken;
    ResponseInputStream<GetObjectResponse> current = response;
    if (current == null) {
      System.arraycopy(beginning, (int) position, target, offset, length);
      return length;
    }
    try {
      int count = current.read(target, offset, length);
      if (count >= 0) {
        return count;
      }
      broken = new StoreException(Kind.NETWORK, brokenOff());
    } catch (IOException e) {
      broken = new StoreException(Kind.NETWORK, brokenOff(), e);
    } catch (SdkException e) {
      broken = requests.translated(e, version.key());
    }
    discard(current);
    breaks++;
    if (breaks > MAX_BREAKS || Thread.currentThread().isInterrupted()) {
      throw broken;
    }
    response = request();
    return 0;
  }

  private String brokenOff() {
    return version.key() + ", broken off after " + position + " of " + size + " bytes";
  }

  @Override
  public int available() throws IOException {
    return response == null ? (int) (rangeEnd - position) : response.available();
  }

  @Override
  public void close() throws IOException {
    if (response != null && position < rangeEnd) {
      discard(response);
    } else if (response != null) {
      response.close();
    }
  }

  /**
   * Discards the rest of a response. Some clients drop the connection on abort; the URLConnection
   * client ignores that, and when closed reads at most half a megabyte more in the background, or
   * drops the connection if more than that is left.
   */
  private static void discard(ResponseInputStream<GetObjectResponse> response) {
    response.abort();
    try {
      response.close();
    } catch (IOException | SdkException e) {
      // It is broken, and no longer needed.
    }
  }
}
