package dev.miniatura.internal.jpeg.decode;

import java.util.List;

/**
 * A scan header (T.81, B.2.3).
 *
 * @param components the scan's components with their table destinations, in scan order
 * @param ss start of spectral selection
 * @param se end of spectral selection
 * @param ah successive approximation bit position high; 0 in a first scan
 * @param al successive approximation bit position low
 */
record ScanHeader(List<Selector> components, int ss, int se, int ah, int al) {

  /** A component in a scan: the frame's component and the destinations of its Huffman tables. */
  record Selector(FrameComponent component, int dcTable, int acTable) {}

  boolean isInterleaved() {
    return components.size() > 1;
  }
}
