package dev.miniatura.internal.heif;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads big-endian numbers and boxes from a range of the source, and nothing beyond it. */
final class BoxReader {

  private static final int UUID = FourCc.of("uuid");

  private final SourceBytes bytes;
  private final long end;
  private long position;

  BoxReader(SourceBytes bytes, long start, long end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Returns the position in the source of the next byte. */
  long position() {
    return position;
  }

  long end() {
    return end;
  }

  /** Returns the number of bytes left. */
  long left() {
    return end - position;
  }

  MalformedImageException malformed(String reason) {
    return Container.HEIF.malformed(position, reason);
  }

  int u8() throws IOException {
    int value = position < end ? bytes.at(position) : -1;
    if (value < 0) {
      throw malformed("box ends early");
    }
    position++;
    return value;
  }

  int u16() throws IOException {
    return u8() << 8 | u8();
  }

  /** Reads a 32-bit number whose sign does not matter, such as a code or an identifier. */
  int i32() throws IOException {
    return u16() << 16 | u16();
  }

  long u32() throws IOException {
    return i32() & 0xffff_ffffL;
  }

  /** Reads a 64-bit position or size; none is negative. */
  long u64() throws IOException {
    long value = u32() << 32 | u32();
    if (value < 0) {
      throw malformed("position beyond any file");
    }
    return value;
  }

  /** Reads a number of 0, 4 or 8 bytes; with 0 bytes, it is 0. */
  long sized(int size) throws IOException {
    return switch (size) {
      case 0 -> 0;
      case 4 -> u32();
      case 8 -> u64();
      default -> throw malformed("field of " + size + " bytes");
    };
  }

  void skip(long count) throws IOException {
    if (count > left()) {
      throw malformed("box ends early");
    }
    position += count;
  }

  /** Reads the remaining bytes, at most {@code most} of them. */
  byte[] rest(int most) throws IOException {
    return bytes.slice(position, Math.min(end, position + most));
  }

  /** Reads the header of the next box and skips its content; null after the last one. */
  @Nullable Box next() throws IOException {
    if (position >= end || (end == Long.MAX_VALUE && bytes.at(position) < 0)) {
      return null;
    }
    long start = position;
    long size = u32();
    int type = i32();
    if (size == 1) {
      size = u64();
    } else if (size == 0) {
      size = end == Long.MAX_VALUE ? Long.MAX_VALUE - start : end - start;
    }
    if (type == UUID) {
      skip(16);
    }
    if (size < position - start || size > end - start) {
      throw malformed("box " + FourCc.name(type) + " of " + size + " bytes");
    }
    Box box = new Box(type, position, start + size);
    position = start + size;
    return box;
  }

  /** Returns the first box of a type among those that follow; null if there is none. */
  @Nullable Box find(int type) throws IOException {
    Box box = next();
    while (box != null && box.type() != type) {
      box = next();
    }
    return box;
  }
}
