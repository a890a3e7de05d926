package dev.miniatura.internal.gif;

/**
 * How a GIF is written.
 *
 * @param colors most colors of a frame, 2 to 256
 * @param dither whether colors that the palette lacks are mixed from neighbors
 * @param plays how often an animation plays, 0 for without end
 */
public record GifOptions(int colors, boolean dither, int plays) {

  /** Most times an animation plays, unless without end: what the file's counter holds, plus one. */
  public static final int MAX_PLAYS = 0x10000;

  /** 256 colors, dithered, without end. */
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
