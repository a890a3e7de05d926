package dev.miniatura.internal.raster;

/** The meaning of a raster's color channels. An alpha channel, if there is one, follows them. */
public enum ColorKind {
  /** One channel, 0 black to 255 white. */
  GRAY(1),
  /** Red, green, blue. */
  RGB(3),
  /** Full-range luma and chroma, as JFIF defines them for the weights of BT.601. */
  YCBCR(3),
  /** Cyan, magenta, yellow, black; 0 is no ink, 255 full ink. */
  CMYK(4),
  /** CMYK whose first three channels are coded as YCBCR: converting them gives the C, M, Y inks. */
  YCCK(4);

  private final int channels;

  ColorKind(int channels) {
    this.channels = channels;
  }

  /** Returns the number of color channels, without alpha. */
  public int channels() {
    return channels;
  }
}
