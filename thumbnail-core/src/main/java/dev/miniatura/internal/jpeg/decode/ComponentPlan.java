package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.raster.Plane;

/**
 * What was decided for one component of a frame; what a plan charges and what decoding does both
 * follow from it.
 *
 * @param idctSize samples per block and direction: 1, 2, 4 or 8
 * @param inverted whether 255 minus each sample is delivered
 * @param delivered whether there is a plane for it, rather than its data being read to get past
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
