package dev.miniatura.internal.psd;

import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/** Big-endian numbers in a file; zero beyond its end. */
record Fields(SourceBytes bytes) {

  /** Returns a length, or that of the file if it is shorter. */
  long length(int most) throws IOException {
    return bytes.reach(most);
  }

  /** Returns whether the file has a byte at a position. */
  boolean has(long at) throws IOException {
    return bytes.at(at) >= 0;
  }

  int u8(long at) throws IOException {
    return Math.max(0, bytes.at(at));
  }

  int u16(long at) throws IOException {
    return u8(at) << 8 | u8(at + 1);
  }

  int i32(long at) throws IOException {
    return u16(at) << 16 | u16(at + 2);
  }

  long u32(long at) throws IOException {
    return i32(at) & 0xffffffffL;
  }

  /** Returns a length, which has eight bytes in a PSB; bounded so that sums cannot overflow. */
  long length(long at, boolean wide) throws IOException {
    return wide ? Math.min(u32(at), 0xffff) << 32 | u32(at + 4) : u32(at);
  }

  byte[] slice(long from, long to) throws IOException {
    return bytes.slice(from, to);
  }
}
