package dev.miniatura.storage;

import java.util.Comparator;

/**
 * The order of keys as UTF-8 bytes, which is the order of code points. {@link String#compareTo}
 * differs from it: it puts surrogates (U+10000 and above) before U+E000 to U+FFFF.
 */
final class KeyOrder {

  static final Comparator<String> UTF_8 = KeyOrder::compare;

  private KeyOrder() {}

  private static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean aboveBasicPlane = Character.isSurrogate(x);
        return aboveBasicPlane == Character.isSurrogate(y) ? x - y : aboveBasicPlane ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  /** Returns whether a key has no unpaired surrogates, so that it can be written as UTF-8. */
  static boolean isUnicode(String key) {
    return key.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
