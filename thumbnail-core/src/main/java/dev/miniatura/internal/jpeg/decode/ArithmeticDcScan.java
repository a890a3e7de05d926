package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;
import java.util.List;

/** A DC scan of a progressive frame with arithmetic coding (T.81, G.2.3.1). */
final class ArithmeticDcScan extends DcScan {

  private final ArithmeticCoding coding;
  private final List<ArithmeticModel> models;

  ArithmeticDcScan(
      EntropyReader in,
      int mcusX,
      int mcusY,
      int restartInterval,
      List<ScanComponent<CoefficientPlane>> components,
      ScanHeader header,
      ArithmeticCoding coding,
      List<ArithmeticModel> models) {
    super(in, mcusX, mcusY, restartInterval, components, header);
    this.coding = coding;
    this.models = models;
  }

  @Override
  void startInterval() throws IOException {
    super.startInterval();
    coding.start();
  }

  @Override
  int difference(int component) throws IOException {
    return models.get(component).difference();
  }

  @Override
  int bit() throws IOException {
    return models.get(0).bit() ? 1 : 0;
  }
}
