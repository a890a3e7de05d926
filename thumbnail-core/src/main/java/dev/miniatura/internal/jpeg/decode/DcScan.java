package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A DC scan of a progressive frame: the first one, or a refinement (T.81, G.1.2.1). */
final class DcScan extends ScanDecoder {

  private final List<ScanComponent<CoefficientPlane>> components;
  private final int[] predictions;
  private final int al;

  DcScan(
      EntropyReader in,
      int mcusX,
      int mcusY,
      int restartInterval,
      List<ScanComponent<CoefficientPlane>> components,
      int al) {
    super(in, mcusX, mcusY, restartInterval);
    this.components = components;
    this.predictions = new int[components.size()];
    this.al = al;
  }

  @Override
  void startInterval() {
    Arrays.fill(predictions, 0);
  }

  @Override
  void decodeMcu(int x, int y) throws IOException {
    for (int i = 0; i < predictions.length; i++) {
      ScanComponent<CoefficientPlane> component = components.get(i);
      CoefficientPlane plane = component.target();
      HuffmanDecoder table = component.dc();
      int size = plane.idctSize * plane.idctSize;
      for (int v = 0; v < component.v(); v++) {
        short[] row = plane.row(y * component.v() + v);
        int at = x * component.h() * size;
        for (int h = 0; h < component.h(); h++) {
          if (table == null) {
            row[at] |= (short) (in.receive(1) << al);
          } else {
            int category = in.symbol(table, table.lookup());
            predictions[i] += in.receiveSigned(category);
            row[at] = (short) (predictions[i] << al);
          }
          at += size;
        }
      }
    }
  }
}
