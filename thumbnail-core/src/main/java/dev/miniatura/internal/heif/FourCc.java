package dev.miniatura.internal.heif;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Four-character codes (ISO/IEC 14496-12, clause 4.2) as numbers. */
final class FourCc {

  private FourCc() {}

  /** Returns the code of four ASCII characters. */
  static int of(String name) {
    byte[] bytes = name.getBytes(ISO_8859_1);
    if (bytes.length != 4) {
      throw new IllegalArgumentException(name);
    }
    return bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
  }

  /** Returns the four characters, with dots for unprintable ones. */
  static String name(int code) {
    StringBuilder name = new StringBuilder();
    for (int shift = 24; shift >= 0; shift -= 8) {
      char c = (char) (code >> shift & 0xff);
      name.append(c >= ' ' && c <= '~' ? c : '.');
    }
    return name.toString();
  }
}
