package dev.miniatura.internal.codec;

/**
 * The format of a coded picture's samples.
 *
 * @param width in luma samples, as shown
 * @param height in luma samples, as shown
 * @param components 1 for luma alone, or 3
 * @param shiftX log2 of the horizontal distance of chroma samples, in luma samples
 * @param shiftY log2 of the vertical distance of chroma samples, in luma samples
 * @param bitDepthLuma 8 to 16
 * @param bitDepthChroma 8 to 16
 * @param color the meaning of the samples, as far as the codec's own headers specify it
 * @param chromaLocation the position of the first chroma sample, {@code ChromaLocType} of ITU-T
 *     H.273: 0 left, 1 center, 2 top left, 3 top, 4 bottom left, 5 bottom; −1 if unspecified
 */
public record PictureFormat(
    int width,
    int height,
    int components,
    int shiftX,
    int shiftY,
    int bitDepthLuma,
    int bitDepthChroma,
    ColorDescription color,
    int chromaLocation) {

  /** Returns the width of a component in its samples. */
  public int width(int component) {
    return component == 0 ? width : (width + (1 << shiftX) - 1) >> shiftX;
  }

  /** Returns the height of a component in its samples. */
  public int height(int component) {
    return component == 0 ? height : (height + (1 << shiftY) - 1) >> shiftY;
  }
}
