package dev.miniatura.internal.jpeg.encode;

import java.util.Arrays;

/** All DC coefficients, with every bit (T.81 G.1.2.1, Al = 0). */
final class DcEncoderScan extends EncoderScan {

  private final int[] predictions = new int[4]; // by component id

  DcEncoderScan(QuantizedComponent[] components) {
    super(components, 0, 0, 0, 0);
  }

  @Override
  void start(int row) {
    Arrays.fill(predictions, 0);
  }

  @Override
  void block(QuantizedComponent component, int block, EncoderSymbols out) {
    int dc = component.coefficient(component.values(block), block, 0);
    out.addValue(EncoderSymbols.DC_0 + component.tables, 0, dc - predictions[component.id]);
    predictions[component.id] = dc;
  }

  @Override
  void padding(QuantizedComponent component, EncoderSymbols out) {
    out.addValue(EncoderSymbols.DC_0 + component.tables, 0, 0);
  }
}
