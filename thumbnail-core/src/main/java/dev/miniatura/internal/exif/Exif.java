package dev.miniatura.internal.exif;

/**
 * Reads the one EXIF field that changes what a picture looks like. EXIF is a TIFF structure (EXIF
 * 2.32, section 4.5): a byte order mark, 42, and the offset of the first image file directory.
 */
public final class Exif {

  private static final int TAG_ORIENTATION = 0x0112;
  private static final int TYPE_SHORT = 3;
  private static final int TYPE_LONG = 4;
  private static final int ENTRY_BYTES = 12;

  private Exif() {}

  /**
   * Returns the orientation, 1 to 8; 1 when the field is missing or the structure is broken, as
   * every viewer does.
   *
   * @param bytes holds the TIFF structure, without JPEG's {@code Exif\0\0} prefix
   */
  public static int orientation(byte[] bytes, int offset, int length) {
    if (length < 8) {
      return 1;
    }
    boolean little = bytes[offset] == 'I' && bytes[offset + 1] == 'I';
    boolean big = bytes[offset] == 'M' && bytes[offset + 1] == 'M';
    if ((!little && !big) || u16(bytes, offset + 2, little) != 42) {
      return 1;
    }
    long directory = u32(bytes, offset + 4, little);
    if (directory > length - 2) {
      return 1;
    }
    int entries = u16(bytes, offset + (int) directory, little);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > length) {
        return 1;
      }
      int at = offset + (int) entry;
      if (u16(bytes, at, little) == TAG_ORIENTATION) {
        int type = u16(bytes, at + 2, little);
        long value =
            type == TYPE_SHORT
                ? u16(bytes, at + 8, little)
                : type == TYPE_LONG ? u32(bytes, at + 8, little) : 1;
        return value >= 1 && value <= 8 ? (int) value : 1;
      }
    }
    return 1;
  }

  private static int u16(byte[] bytes, int at, boolean little) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return little ? (second << 8) | first : (first << 8) | second;
  }

  private static long u32(byte[] bytes, int at, boolean little) {
    long first = u16(bytes, at, little);
    long second = u16(bytes, at + 2, little);
    return little ? (second << 16) | first : (first << 16) | second;
  }
}
