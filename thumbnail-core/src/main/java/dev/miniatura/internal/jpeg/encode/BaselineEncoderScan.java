package dev.miniatura.internal.jpeg.encode;

/** The one scan of a baseline file: whole blocks (T.81 F.1.2). */
final class BaselineEncoderScan extends EncoderScan {

  private final QuantizedComponent[] components;
  private final int[] predictions = new int[4]; // by component id

  BaselineEncoderScan(QuantizedComponent[] components) {
    super(components, 0, 63, 0, 0);
    this.components = components;
  }

  @Override
  void start(int row) {
    for (QuantizedComponent component : components) {
      int sampling = components.length == 1 ? 1 : component.sampling;
      int last = row * sampling * component.blocksX - 1; // block before the row
      predictions[component.id] =
          last < 0 ? 0 : component.coefficient(component.values(last), last, 0);
    }
  }

  @Override
  void block(QuantizedComponent component, int block, EncoderSymbols out) {
    long nonZero = component.nonZero[block];
    short[] values = component.values(block);
    int value = component.starts[block];
    int dc = (nonZero & 1) == 0 ? 0 : values[value++];
    out.addValue(EncoderSymbols.DC_0 + component.tables, 0, dc - predictions[component.id]);
    predictions[component.id] = dc;

    int table = EncoderSymbols.AC_0 + component.tables;
    int last = 0;
    for (long rest = nonZero & ~1; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      int run = k - last - 1;
      for (; run > 15; run -= 16) {
        out.add(table, ZRL, 0, 0);
      }
      out.addValue(table, run, values[value++]);
      last = k;
    }
    if (last < 63) {
      out.add(table, EOB, 0, 0);
    }
  }

  @Override
  void padding(QuantizedComponent component, EncoderSymbols out) {
    out.add(EncoderSymbols.DC_0 + component.tables, 0, 0, 0);
    out.add(EncoderSymbols.AC_0 + component.tables, EOB, 0, 0);
  }
}
