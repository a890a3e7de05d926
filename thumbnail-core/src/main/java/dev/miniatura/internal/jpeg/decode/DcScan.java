package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A DC scan of a progressive frame: the first one, or a refinement (T.81, G.1.2.1). */
class DcScan extends ScanDecoder {

  private final List<ScanComponent<CoefficientPlane>> components;
  private final int[] predictions;
  private final boolean refinement;
  private final int al;

  DcScan(
      EntropyReader in,
      int mcusX,
      int mcusY,
      int restartInterval,
      List<ScanComponent<CoefficientPlane>> components,
      ScanHeader header) {
    super(in, mcusX, mcusY, restartInterval);
    this.components = components;
    this.predictions = new int[components.size()];
    this.refinement = header.ah() > 0;
    this.al = header.al();
  }

  /** Decodes the difference to the component's previous coefficient. */
  int difference(int component) throws IOException {
    HuffmanDecoder table = Objects.requireNonNull(components.get(component).dc());
    return in.receiveSigned(in.symbol(table, table.lookup()));
  }

  /** Decodes the bit of a refinement. */
  int bit() throws IOException {
    return in.receive(1);
  }

  @Override
  void startInterval() throws IOException {
    Arrays.fill(predictions, 0);
  }

  @Override
  void decodeMcu(int x, int y) throws IOException {
    for (int i = 0; i < predictions.length; i++) {
      ScanComponent<CoefficientPlane> component = components.get(i);
      CoefficientPlane plane = component.target();
      int size = plane.idctSize * plane.idctSize;
      for (int v = 0; v < component.v(); v++) {
        short[] row = plane.row(y * component.v() + v);
        int at = x * component.h() * size;
        for (int h = 0; h < component.h(); h++) {
          if (refinement) {
            row[at] |= (short) (bit() << al);
          } else {
            predictions[i] += difference(i);
            row[at] = (short) (predictions[i] << al);
          }
          at += size;
        }
      }
    }
  }
}
