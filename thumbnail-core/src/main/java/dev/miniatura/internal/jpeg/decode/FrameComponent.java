package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.raster.Plane;

/**
 * One component of a frame (T.81, A.1.1 and B.2.2).
 *
 * @param index position in the frame header, from 0
 * @param id component identifier C<sub>i</sub>
 * @param h horizontal sampling factor
 * @param v vertical sampling factor
 * @param quantization destination of its quantization table
 * @param blocksX blocks per row of its own scan
 * @param blocksY block rows of its own scan
 * @param paddedBlocksX blocks per row that interleaved scans carry
 * @param paddedBlocksY block rows that interleaved scans carry
 */
record FrameComponent(
    int index,
    int id,
    int h,
    int v,
    int quantization,
    int blocksX,
    int blocksY,
    int paddedBlocksX,
    int paddedBlocksY) {

  /**
   * Returns the plane of this component's samples when every block yields {@code idctSize} samples
   * per side. The extents are exact, so that components with different sampling factors cover the
   * same image.
   */
  Plane plane(FrameHeader frame, int idctSize) {
    long numeratorX = (long) frame.width() * h * idctSize;
    long numeratorY = (long) frame.height() * v * idctSize;
    int denominatorX = 8 * frame.hMax();
    int denominatorY = 8 * frame.vMax();
    return new Plane(
        (int) ((numeratorX + denominatorX - 1) / denominatorX),
        (int) ((numeratorY + denominatorY - 1) / denominatorY),
        1,
        (double) numeratorX / denominatorX,
        (double) numeratorY / denominatorY,
        InverseDct.areMeans(idctSize));
  }
}
