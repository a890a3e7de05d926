package dev.miniatura.internal.bmp;

import dev.miniatura.internal.bmp.BmpHeader.Compression;
import dev.miniatura.internal.bytes.ByteViews;

/** Converts packed pixels to samples: red, green, blue, and alpha if there is a mask for it. */
final class PixelUnpacker {

  private final BmpHeader header;
  private final int bits; // bits of a pixel as stored in rows
  private final boolean masked;
  private final boolean alpha;
  private final Channel[] channels = new Channel[4];

  PixelUnpacker(BmpHeader header) {
    this.header = header;
    bits = header.indexed() && header.compression() != Compression.NONE ? 8 : header.bits();
    masked = !header.indexed() && !isBlueGreenRed(header);
    alpha = masked && new Channel(header.masks()[3], header.bits()).mask != 0;
    for (int c = 0; c < channels.length; c++) {
      channels[c] = new Channel(header.masks()[c], header.bits());
    }
  }

  private static boolean isBlueGreenRed(BmpHeader header) {
    int[] masks = header.masks();
    boolean usual = masks[0] == 0xff0000 && masks[1] == 0xff00 && masks[2] == 0xff;
    return header.bits() == 24 && usual && (masks[3] & 0xffffff) == 0;
  }

  /** The bits of a pixel that form a channel; the channel is zero if there are none. */
  private static final class Channel {
    final int mask;
    final int shift;
    final long most;

    Channel(int mask, int bits) {
      this.mask = bits < 32 ? mask & ((1 << bits) - 1) : mask;
      shift = this.mask == 0 ? 0 : Integer.numberOfTrailingZeros(this.mask);
      most = (this.mask & 0xffffffffL) >>> shift;
    }

    /** Returns the sample, scaled to 8 bits with rounding. */
    byte of(int pixel) {
      int value = (pixel & mask) >>> shift;
      if (most == 255) {
        return (byte) value;
      }
      return most == 0 ? 0 : (byte) (((value & 0xffffffffL) * 255 + most / 2) / most);
    }
  }

  /** Returns whether pixels have alpha. */
  boolean alpha() {
    return alpha;
  }

  /** Returns the bits of a sample: those of red, or 8 of a palette's colors. */
  int bitsPerSample() {
    return masked ? Math.max(1, Integer.bitCount(channels[0].mask)) : 8;
  }

  /** Returns whether any of some pixels is not fully transparent. */
  boolean isAnyVisible(byte[] packed, int offset, int count) {
    for (int i = 0; i < count; i++) {
      if ((pixel(packed, offset, i) & channels[3].mask) != 0) {
        return true;
      }
    }
    return false;
  }

  private int pixel(byte[] packed, int offset, int i) {
    return switch (bits) {
      case 16 -> BmpHeader.u16(packed, offset + 2 * i);
      case 24 -> BmpHeader.u16(packed, offset + 3 * i) | (packed[offset + 3 * i + 2] & 0xff) << 16;
      default -> ByteViews.intLe(packed, offset + 4 * i);
    };
  }

  /**
   * Unpacks pixels.
   *
   * @param opaque whether alpha is 255, whatever the pixels say
   * @param samples receives them from index 0
   */
  void unpack(byte[] packed, int offset, int count, boolean opaque, byte[] samples) {
    if (header.indexed()) {
      unpackIndexes(packed, offset, count, samples);
    } else if (masked) {
      unpackMasked(packed, offset, count, opaque, samples);
    } else {
      for (int at = 0; at < 3 * count; at += 3) {
        samples[at] = packed[offset + at + 2];
        samples[at + 1] = packed[offset + at + 1];
        samples[at + 2] = packed[offset + at];
      }
    }
  }

  private void unpackIndexes(byte[] packed, int offset, int count, byte[] samples) {
    int[] colors = header.colors();
    int mask = (1 << bits) - 1;
    for (int i = 0, at = 0; i < count; i++, at += 3) {
      int bit = i * bits;
      int index = packed[offset + (bit >> 3)] >> (8 - bits - (bit & 7)) & mask;
      int color = colors[index];
      samples[at] = (byte) (color >> 16);
      samples[at + 1] = (byte) (color >> 8);
      samples[at + 2] = (byte) color;
    }
  }

  private void unpackMasked(byte[] packed, int offset, int count, boolean opaque, byte[] samples) {
    int at = 0;
    for (int i = 0; i < count; i++) {
      int pixel = pixel(packed, offset, i);
      samples[at++] = channels[0].of(pixel);
      samples[at++] = channels[1].of(pixel);
      samples[at++] = channels[2].of(pixel);
      if (alpha) {
        samples[at++] = opaque ? (byte) 255 : channels[3].of(pixel);
      }
    }
  }
}
