package dev.miniatura.internal.color;

/**
 * The bytes of one tag of a profile, or a part of them, read in the profile's own number types
 * (ICC.1:2022, section 4). Every read is checked, so a hostile offset causes a {@link
 * ProfileException} and nothing else.
 */
final class TagData {

  private final byte[] bytes;
  private final int start;
  private final int length;

  /** Creates the data; the caller guarantees that the range lies within the array. */
  TagData(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.start = start;
    this.length = length;
  }

  /** Returns the data from an offset to the end. */
  TagData from(long offset) throws ProfileException {
    require(offset, 0);
    return new TagData(bytes, start + (int) offset, length - (int) offset);
  }

  /** Fails unless {@code count} bytes at {@code offset} exist. */
  void require(long offset, long count) throws ProfileException {
    if (offset < 0 || count < 0 || offset > length || count > length - offset) {
      throw new ProfileException("one of its tags is cut short");
    }
  }

  int u8(int offset) throws ProfileException {
    require(offset, 1);
    return bytes[start + offset] & 0xff;
  }

  int u16(int offset) throws ProfileException {
    require(offset, 2);
    int at = start + offset;
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  long u32(int offset) throws ProfileException {
    return (long) u16(offset) << 16 | u16(offset + 2);
  }

  /** Returns an s15Fixed16Number. */
  double fixed(int offset) throws ProfileException {
    return (int) u32(offset) / 65536.0;
  }

  /** Returns a four-character signature. */
  String signature(int offset) throws ProfileException {
    char[] chars = new char[4];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) u8(offset + i);
    }
    return new String(chars);
  }
}
