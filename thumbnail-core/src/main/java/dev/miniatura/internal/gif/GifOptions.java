package dev.miniatura.internal.gif;

/**
 * How a GIF is written.
 *
 * @param colors the maximum number of colors of a frame, 2 to 256
 * @param dither whether colors missing from the palette are mixed from neighbors
 * @param plays how often an animation plays; 0 means forever
 */
public record GifOptions(int colors, boolean dither, int plays) {

  /** The maximum number of plays, unless forever: the maximum of the file's counter, plus one. */
  public static final int MAX_PLAYS = 0x10000;

  /** 256 colors, dithered, forever. */
  public static final GifOptions DEFAULT = new GifOptions(256, true, 0);

  /** Checks the numbers. */
  public GifOptions {
    if (colors < 2 || colors > 256) {
      throw new IllegalArgumentException("a GIF has 2 to 256 colors, not " + colors);
    }
    if (plays < 0 || plays > MAX_PLAYS) {
      throw new IllegalArgumentException("a GIF plays 0 to 65,536 times, not " + plays);
    }
  }
}
