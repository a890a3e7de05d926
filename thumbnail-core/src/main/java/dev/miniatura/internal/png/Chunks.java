package dev.miniatura.internal.png;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.InputWindow;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Walks over the chunks of a PNG (third edition, section 5.3): a length, a type, that many bytes of
 * data, and a CRC over type and data.
 */
final class Chunks {

  static final String FORMAT = Container.PNG.name();

  static final int IHDR = type("IHDR");
  static final int PLTE = type("PLTE");
  static final int IDAT = type("IDAT");
  static final int IEND = type("IEND");

  private static final long SIGNATURE = 0x8950_4e47_0d0a_1a0aL;
  private static final int ANCILLARY = 0x2000_0000; // bit 5 of the first letter: lower case

  private final InputWindow in;
  private final CRC32 crc = new CRC32();

  /** Type of the chunk that {@link #next} found, its four letters as a big-endian int. */
  int type;

  /** The number of bytes of its data that have not been read. */
  int left;

  Chunks(InputWindow in) {
    this.in = in;
  }

  /** Returns a type as the number that {@link #type} holds. */
  static int type(String letters) {
    return letters.charAt(0) << 24
        | letters.charAt(1) << 16
        | letters.charAt(2) << 8
        | letters.charAt(3);
  }

  /** Returns whether decoders that do not know a chunk may ignore it. */
  static boolean isAncillary(int type) {
    return (type & ANCILLARY) != 0;
  }

  /** Returns a type as its four letters. */
  static String name(int type) {
    return ""
        + (char) (type >>> 24)
        + (char) (type >> 16 & 0xff)
        + (char) (type >> 8 & 0xff)
        + (char) (type & 0xff);
  }

  static int u16(byte[] data, int at) {
    return (data[at] & 0xff) << 8 | (data[at + 1] & 0xff);
  }

  static int u32(byte[] data, int at) {
    return u16(data, at) << 16 | u16(data, at + 2);
  }

  /** Returns a PNG integer (section 7.1), or −1 if the four bytes are more than 2^31 − 1. */
  static int u31(byte[] data, int at) {
    return Math.max(-1, u32(data, at));
  }

  /** Returns the offset in the source of the next byte. */
  long offset() {
    return in.offset();
  }

  void readSignature() throws IOException {
    if (in.require(8) < 8
        || ((long) u32(in.array, in.position) << 32
                | (u32(in.array, in.position + 4) & 0xffffffffL))
            != SIGNATURE) {
      throw malformed("not a PNG signature");
    }
    in.position += 8;
  }

  /**
   * Moves to the next chunk's data; that of the current one must have been read.
   *
   * @return false if the source ends before it
   */
  boolean next() throws IOException {
    if (in.require(8) < 8) {
      return false;
    }
    left = u31(in.array, in.position);
    type = u32(in.array, in.position + 4);
    for (int i = 4; i < 8; i++) {
      int letter = in.array[in.position + i] | 0x20;
      if (letter < 'a' || letter > 'z') {
        throw malformed("invalid chunk type");
      }
    }
    if (left < 0) {
      throw malformed("invalid length of chunk " + name(type));
    }
    crc.reset();
    crc.update(in.array, in.position + 4, 4);
    in.position += 8;
    return true;
  }

  /**
   * Takes bytes of the chunk's data in place: {@code in.array} up to the position that this moves
   * to.
   *
   * @return how many, at most {@code max}; 0 if the source ends
   */
  int take(int max) throws IOException {
    int count = Math.min(Math.min(left, max), in.require(1));
    crc.update(in.array, in.position, count);
    in.position += count;
    left -= count;
    return count;
  }

  /** Reads the whole chunk's data; a chunk cut off by the end of the source is malformed. */
  byte[] takeAll() throws IOException {
    int length = left;
    if (in.require(length) < length) {
      throw malformed("source ends in chunk " + name(type));
    }
    byte[] data = Arrays.copyOfRange(in.array, in.position, in.position + length);
    take(length);
    return data;
  }

  /** Reads four bytes of the chunk's data as a PNG integer, −1 if they are not one. */
  int takeInt() throws IOException {
    if (in.require(4) < 4) {
      throw malformed("source ends in chunk " + name(type));
    }
    int value = u31(in.array, in.position);
    take(4);
    return value;
  }

  /** Skips the rest of the chunk without checking its CRC. */
  void skip() throws IOException {
    if (in.skip(left + 4L) < left + 4L) {
      throw malformed("source ends in chunk " + name(type));
    }
    left = 0;
  }

  /**
   * Reads the CRC after the chunk's data.
   *
   * @return whether it matches; true if the source ends before it
   */
  boolean crcMatches() throws IOException {
    if (in.require(4) < 4) {
      in.position = in.limit;
      return true;
    }
    int stored = u32(in.array, in.position);
    in.position += 4;
    return stored == (int) crc.getValue();
  }

  MalformedImageException malformed(String reason) {
    return new MalformedImageException(FORMAT, in.offset(), reason);
  }
}
