package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.raster.Plane;

/**
 * The decisions about one component of a frame, from which both the memory charged by a plan and
 * the decoding follow.
 *
 * @param idctSize samples per block and direction: 1 to 6, or 8
 * @param inverted whether 255 minus each sample is delivered
 * @param delivered whether it has a plane; otherwise its data is only read to skip it
 */
record ComponentPlan(FrameComponent component, int idctSize, boolean inverted, boolean delivered) {

  /** Returns the component's position in the frame, which is that of its plane. */
  int index() {
    return component.index();
  }

  /** Returns the plane of its samples. */
  Plane plane(FrameHeader frame) {
    return component.plane(frame, idctSize);
  }
}
