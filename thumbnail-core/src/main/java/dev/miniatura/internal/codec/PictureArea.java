package dev.miniatura.internal.codec;

/**
 * A part of a picture, in luma samples. It may reach beyond the picture's edges.
 *
 * @param left column of the first sample
 * @param top row of the first sample
 * @param right column after the last
 * @param bottom row after the last
 */
public record PictureArea(int left, int top, int right, int bottom) {

  /** The whole of any picture. */
  public static final PictureArea WHOLE =
      new PictureArea(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE);

  public PictureArea {
    if (left < 0 || top < 0 || right <= left || bottom <= top) {
      throw new IllegalArgumentException(
          "area of columns " + left + " to " + right + " and rows " + top + " to " + bottom);
    }
  }
}
