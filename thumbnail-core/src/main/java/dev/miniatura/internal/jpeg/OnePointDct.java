package dev.miniatura.internal.jpeg;

/** The inverse DCT to one sample, the mean. */
final class OnePointDct extends BlockBatch {

  OnePointDct() {
    super(1);
  }

  @Override
  void transform() {}

  @Override
  void storeRow(int y, int count, byte[] out, int at) {
    for (int b = 0; b < count; b++) {
      out[at + b] = InverseDct.mean(lines[b]);
    }
  }
}
