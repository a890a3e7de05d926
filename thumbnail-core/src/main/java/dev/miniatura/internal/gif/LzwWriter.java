package dev.miniatura.internal.gif;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Compresses indices to GIF's table-based image data (GIF89a, 22 and appendix F): variable-length
 * LZW codes, low bits first, in sub-blocks. A full table is cleared at once.
 */
final class LzwWriter {

  private static final int MAX_BITS = 12;
  private static final int MAX_CODES = 1 << MAX_BITS;
  private static final int SLOTS = 4 * MAX_CODES;
  private static final int HASH = 0x9e3779b1; // 2³² divided by the golden ratio
  private static final int GENERATIONS = 1 << 12;
  private static final int SUB_BLOCK = 255;

  private final ByteArrayOutputStream out;
  private final int clearCode;
  private final int leastBits;

  /**
   * Hash table of strings: generation of the table, code of the prefix (12 bits), last index (8).
   */
  private final int[] keys = new int[SLOTS];

  private final short[] codes = new short[SLOTS];
  private int generation; // 1 to 4095; 0 marks free slots
  private int nextCode;
  private int codeBits;

  private final byte[] block = new byte[1 + SUB_BLOCK];
  private int blockSize;
  private int pending;
  private int pendingBits;

  private LzwWriter(int colorBits, ByteArrayOutputStream out) {
    this.out = out;
    clearCode = 1 << colorBits;
    leastBits = colorBits + 1;
  }

  /**
   * Writes all image data, the minimum code size first.
   *
   * @param indices below 2 to the power of {@code colorBits}
   * @param colorBits 2 to 8
   */
  static void write(byte[] indices, int colorBits, ByteArrayOutputStream out) {
    out.write(colorBits);
    new LzwWriter(colorBits, out).write(indices);
  }

  private void write(byte[] indices) {
    codeBits = leastBits;
    clear();
    int prefix = indices[0] & 0xff;
    for (int i = 1; i < indices.length; i++) {
      int index = indices[i] & 0xff;
      int key = generation << 20 | prefix << 8 | index;
      int slot = slot(key);
      if (keys[slot] == key) {
        prefix = codes[slot];
      } else {
        emit(prefix);
        if (nextCode < MAX_CODES) {
          keys[slot] = key;
          codes[slot] = (short) nextCode;
          growFor(nextCode++);
        } else {
          clear();
        }
        prefix = index;
      }
    }
    emit(prefix);
    growFor(nextCode); // the reader has added a string as well
    emit(clearCode + 1);
    finish();
  }

  private int slot(int key) {
    int slot = (key * HASH) >>> 18;
    while (keys[slot] != key && keys[slot] >>> 20 == generation) {
      slot = (slot + 1) % SLOTS;
    }
    return slot;
  }

  private void clear() {
    emit(clearCode);
    nextCode = clearCode + 2;
    codeBits = leastBits;
    if (++generation == GENERATIONS) {
      Arrays.fill(keys, 0);
      generation = 1;
    }
  }

  private void growFor(int code) {
    if (code == 1 << codeBits && codeBits < MAX_BITS) {
      codeBits++;
    }
  }

  private void emit(int code) {
    pending |= code << pendingBits;
    pendingBits += codeBits;
    while (pendingBits >= 8) {
      append(pending);
      pending >>>= 8;
      pendingBits -= 8;
    }
  }

  private void append(int value) {
    block[++blockSize] = (byte) value;
    if (blockSize == SUB_BLOCK) {
      flush();
    }
  }

  private void flush() {
    block[0] = (byte) blockSize;
    out.write(block, 0, 1 + blockSize);
    blockSize = 0;
  }

  private void finish() {
    if (pendingBits > 0) {
      append(pending);
    }
    if (blockSize > 0) {
      flush();
    }
    out.write(0);
  }
}
