package dev.miniatura.internal.raster;

/**
 * A picture of thumbnail size in memory: one array per channel, unsigned 8-bit samples, rows
 * without padding. In YCBCR the two chroma channels may be halved (4:2:0): they then have {@code
 * (width + 1) / 2} by {@code (height + 1) / 2} samples, each covering 2 × 2 luma samples from the
 * top left.
 */
public final class Raster {

  /** The fraction bits of {@link #remainder}: its unit is 1/128 of a level. */
  public static final int REMAINDER_BITS = 7;

  private final int width;
  private final int height;
  private final ColorKind color;
  private final boolean alpha;
  private final boolean chromaHalved;
  private final byte[][] channels;
  private final byte[][] remainders; // none, or one array per channel

  private Raster(
      int width,
      int height,
      ColorKind color,
      boolean alpha,
      boolean chromaHalved,
      boolean remainders) {
    this.width = width;
    this.height = height;
    this.color = color;
    this.alpha = alpha;
    this.chromaHalved = chromaHalved;
    channels = new byte[color.channels() + (alpha ? 1 : 0)][];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = new byte[Math.multiplyExact(width(c), height(c))];
    }
    this.remainders = remainders ? new byte[channels.length][width * height] : new byte[0][];
  }

  /** Returns a raster of zeros without alpha. */
  public static Raster opaque(int width, int height, ColorKind color) {
    return new Raster(width, height, color, false, false, false);
  }

  /** Returns a raster of zeros whose last channel is alpha. */
  public static Raster withAlpha(int width, int height, ColorKind color) {
    return new Raster(width, height, color, true, false, false);
  }

  /** Returns a raster of zeros, with or without alpha. */
  public static Raster of(int width, int height, ColorKind color, boolean alpha) {
    return new Raster(width, height, color, alpha, false, false);
  }

  /** Returns an opaque YCBCR raster of zeros whose chroma is halved. */
  public static Raster halvedChroma(int width, int height) {
    return new Raster(width, height, ColorKind.YCBCR, false, true, false);
  }

  /** Returns an opaque raster at full resolution that keeps remainders. */
  public static Raster withRemainders(int width, int height, ColorKind color) {
    return new Raster(width, height, color, false, false, true);
  }

  /** Returns a raster of zeros of the same kind as this one. */
  public Raster ofSize(int otherWidth, int otherHeight) {
    return new Raster(otherWidth, otherHeight, color, alpha, chromaHalved, hasRemainders());
  }

  /** Returns the width in pixels. */
  public int width() {
    return width;
  }

  /** Returns the height in pixels. */
  public int height() {
    return height;
  }

  /** Returns the meaning of the color channels. */
  public ColorKind color() {
    return color;
  }

  /** Returns whether the last channel is straight (not premultiplied) alpha. */
  public boolean alpha() {
    return alpha;
  }

  /** Returns whether channels 1 and 2 have half the resolution in both directions. */
  public boolean chromaHalved() {
    return chromaHalved;
  }

  /** Returns the number of channels, alpha included. */
  public int channelCount() {
    return channels.length;
  }

  /** Returns the samples of a channel, {@code width(c) * height(c)} of them; the array is live. */
  public byte[] channel(int c) {
    return channels[c];
  }

  /** Returns whether there is a {@link #remainder}. */
  public boolean hasRemainders() {
    return remainders.length > 0;
  }

  /**
   * Returns the rounding remainder of each sample of a channel, in 1/128 of a level, −64 to 64: the
   * exact value is the sample plus this. The array is live.
   */
  public byte[] remainder(int c) {
    return remainders[c];
  }

  /** Returns the samples per row of a channel. */
  public int width(int c) {
    return isHalved(c) ? (width + 1) / 2 : width;
  }

  /** Returns the rows of a channel. */
  public int height(int c) {
    return isHalved(c) ? (height + 1) / 2 : height;
  }

  private boolean isHalved(int c) {
    return chromaHalved && (c == 1 || c == 2);
  }
}
