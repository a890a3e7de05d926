package dev.miniatura.internal.png;

import dev.miniatura.internal.png.PngHeader.ColorType;
import org.jspecify.annotations.Nullable;

/**
 * Turns a row as stored into 8-bit samples, gray or RGB, with alpha if the image has any: unpacks
 * small samples and scales them to the full range, rounds 16-bit ones, looks up palette entries,
 * and makes the color that tRNS names transparent (PNG, third edition, sections 11.3.1 and 13.12).
 */
final class SampleExpander {

  private final PngHeader header;
  private final int colors; // color channels delivered: 1 or 3
  private final boolean alpha;
  private final int @Nullable [] transparentColor; // samples per pixel as stored: one or three
  private final byte[] palette; // channels() bytes for each index

  /**
   * Prepares for an image.
   *
   * @param paletteRgb data of PLTE; used for palette images only
   * @param transparency data of tRNS, or null
   */
  SampleExpander(PngHeader header, byte[] paletteRgb, byte @Nullable [] transparency) {
    this.header = header;
    ColorType type = header.colorType();
    colors = type == ColorType.GRAY || type == ColorType.GRAY_ALPHA ? 1 : 3;
    alpha = type == ColorType.GRAY_ALPHA || type == ColorType.RGB_ALPHA || transparency != null;
    if (type == ColorType.PALETTE) {
      palette = expandPalette(paletteRgb, transparency);
      transparentColor = null;
    } else {
      palette = new byte[0];
      transparentColor = transparency == null ? null : color(transparency);
    }
  }

  /** Returns the channels delivered, alpha included. */
  int channels() {
    return colors + (alpha ? 1 : 0);
  }

  /** Returns the color channels delivered. */
  int colors() {
    return colors;
  }

  /** Returns whether the last channel is alpha. */
  boolean alpha() {
    return alpha;
  }

  /** Returns whether rows are delivered as stored. */
  boolean isIdentity() {
    return header.depth() == 8
        && header.colorType() != ColorType.PALETTE
        && transparentColor == null;
  }

  /**
   * Returns all entries of the palette. Those missing from the file are opaque black, as in other
   * decoders.
   */
  private byte[] expandPalette(byte[] rgb, byte @Nullable [] transparency) {
    byte[] expanded = new byte[256 * channels()];
    int at = 0;
    for (int i = 0; i < 256; i++) {
      for (int c = 0; c < 3; c++) {
        expanded[at++] = 3 * i + c < rgb.length ? rgb[3 * i + c] : 0;
      }
      if (transparency != null) {
        expanded[at++] = i < transparency.length ? transparency[i] : (byte) 255;
      }
    }
    return expanded;
  }

  /**
   * Returns the color in tRNS. Samples of less than 16 bits are also stored in two bytes; only
   * their low bits count.
   */
  private int[] color(byte[] transparency) {
    int[] color = new int[colors];
    for (int c = 0; c < colors; c++) {
      color[c] = Chunks.u16(transparency, 2 * c) & ((1 << header.depth()) - 1);
    }
    return color;
  }

  /**
   * Expands a row.
   *
   * @param row the row as stored, from index {@code from}
   * @param pixels pixels of the row
   * @param out receives {@code pixels * channels()} samples from index 0
   */
  void expand(byte[] row, int from, int pixels, byte[] out) {
    switch (header.colorType()) {
      case PALETTE -> expandIndexes(row, from, pixels, out);
      case GRAY -> {
        if (header.depth() < 8) {
          expandSmallGray(row, from, pixels, out);
        } else {
          expandSamples(row, from, pixels, out);
        }
      }
      default -> expandSamples(row, from, pixels, out);
    }
  }

  private void expandIndexes(byte[] row, int from, int pixels, byte[] out) {
    int depth = header.depth();
    int channels = channels();
    int at = 0;
    for (int i = 0; i < pixels; i++) {
      int entry = packed(row, from, i, depth) * channels;
      for (int c = 0; c < channels; c++) {
        out[at++] = palette[entry + c];
      }
    }
  }

  private void expandSmallGray(byte[] row, int from, int pixels, byte[] out) {
    int depth = header.depth();
    int scale = 255 / ((1 << depth) - 1); // 255, 85 or 17: exact
    int transparent = transparentColor == null ? -1 : transparentColor[0];
    int at = 0;
    for (int i = 0; i < pixels; i++) {
      int sample = packed(row, from, i, depth);
      out[at++] = (byte) (sample * scale);
      if (alpha) {
        out[at++] = (byte) (sample == transparent ? 0 : 255);
      }
    }
  }

  /** Returns the i-th sample of a row; the leftmost is in a byte's highest bits (7.2). */
  private static int packed(byte[] row, int from, int i, int depth) {
    long bit = (long) i * depth;
    return row[from + (int) (bit >> 3)] >> (8 - depth - ((int) bit & 7)) & ((1 << depth) - 1);
  }

  private void expandSamples(byte[] row, int from, int pixels, byte[] out) {
    int samples = header.colorType().samples;
    if (header.depth() == 16) {
      if (transparentColor == null) {
        for (int i = 0; i < pixels * samples; i++) {
          out[i] = (byte) rounded(Chunks.u16(row, from + 2 * i));
        }
        return;
      }
      keyed16(row, from, pixels, out, transparentColor);
    } else if (transparentColor == null) {
      System.arraycopy(row, from, out, 0, pixels * samples);
    } else {
      keyed8(row, from, pixels, out, transparentColor);
    }
  }

  private void keyed8(byte[] row, int from, int pixels, byte[] out, int[] key) {
    int in = from;
    int at = 0;
    for (int i = 0; i < pixels; i++) {
      boolean same = true;
      for (int c = 0; c < colors; c++) {
        same &= (row[in] & 0xff) == key[c];
        out[at++] = row[in++];
      }
      out[at++] = (byte) (same ? 0 : 255);
    }
  }

  private void keyed16(byte[] row, int from, int pixels, byte[] out, int[] key) {
    int in = from;
    int at = 0;
    for (int i = 0; i < pixels; i++) {
      boolean same = true;
      for (int c = 0; c < colors; c++) {
        int sample = Chunks.u16(row, in);
        same &= sample == key[c];
        out[at++] = (byte) rounded(sample);
        in += 2;
      }
      out[at++] = (byte) (same ? 0 : 255);
    }
  }

  /** Returns {@code (sample * 255 + 32767) / 65535}, for all of 0 to 65,535, without a division. */
  static int rounded(int sample) {
    return (sample * 255 + 32_895) >> 16;
  }
}
