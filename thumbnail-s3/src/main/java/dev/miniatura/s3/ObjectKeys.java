package dev.miniatura.s3;

import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** The rules for S3 keys: 1 to 1,024 bytes of UTF-8. */
final class ObjectKeys {

  private static final int MAX_BYTES = 1024;

  private ObjectKeys() {}

  /** Returns the key of an object in the bucket. */
  static String checked(String prefix, String key) throws StoreException {
    if (key.isEmpty() || !isText(key)) {
      throw new StoreException(Kind.INVALID_KEY, "'" + key + "'");
    }
    String objectKey = prefix + key;
    int bytes = objectKey.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new StoreException(
          Kind.INVALID_KEY, "'" + objectKey + "' has " + bytes + " bytes; S3 allows " + MAX_BYTES);
    }
    return objectKey;
  }

  /** Returns the longest common prefix of all keys, in whole characters. */
  static String commonPrefix(Collection<String> keys) {
    String first = keys.iterator().next();
    int length = first.length();
    for (String key : keys) {
      int same = 0;
      while (same < Math.min(length, key.length()) && key.charAt(same) == first.charAt(same)) {
        same++;
      }
      length = same;
    }
    boolean halved = length > 0 && Character.isHighSurrogate(first.charAt(length - 1));
    return first.substring(0, halved ? length - 1 : length);
  }

  /** Returns whether a text has no unpaired surrogates, so that it can be written as UTF-8. */
  static boolean isText(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
