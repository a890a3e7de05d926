package dev.miniatura.heic;

/**
 * What a decoded picture is like.
 *
 * @param width of the conformance window, in luma samples
 * @param height of the conformance window, in luma samples
 * @param components 1 or 3
 * @param shiftX log2 of the horizontal distance of chroma samples, in luma samples
 * @param shiftY log2 of the vertical distance of chroma samples, in luma samples
 * @param bitDepthLuma 8 to 16
 * @param bitDepthChroma 8 to 16
 * @param usability color description of the stream
 */
record PictureFormat(
    int width,
    int height,
    int components,
    int shiftX,
    int shiftY,
    int bitDepthLuma,
    int bitDepthChroma,
    VideoUsability usability) {

  static PictureFormat of(SequenceParameters sps) {
    return new PictureFormat(
        sps.width - sps.cropLeft - sps.cropRight,
        sps.height - sps.cropTop - sps.cropBottom,
        sps.chromaFormat == 0 ? 1 : 3,
        sps.chromaShiftX(),
        sps.chromaShiftY(),
        sps.bitDepthLuma,
        sps.bitDepthChroma,
        sps.usability);
  }

  /** Returns the width of a component in its samples. */
  int width(int component) {
    return component == 0 ? width : (width + (1 << shiftX) - 1) >> shiftX;
  }

  /** Returns the height of a component in its samples. */
  int height(int component) {
    return component == 0 ? height : (height + (1 << shiftY) - 1) >> shiftY;
  }
}
