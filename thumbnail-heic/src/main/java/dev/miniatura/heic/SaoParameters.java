package dev.miniatura.heic;

/** Parameters of the sample adaptive offset of one component, by coding tree block (7.4.9.3). */
final class SaoParameters {

  static final byte NONE = 0;
  static final byte BAND = 1;
  static final byte EDGE = 2;

  final byte[] type; // SaoTypeIdx
  final byte[] position; // sao_band_position or SaoEoClass
  final short[] offsets; // SaoOffsetVal[1 .. 4], scaled

  SaoParameters(int ctbs) {
    type = new byte[ctbs];
    position = new byte[ctbs];
    offsets = new short[4 * ctbs];
  }

  void copy(int from, int to) {
    type[to] = type[from];
    position[to] = position[from];
    System.arraycopy(offsets, 4 * from, offsets, 4 * to, 4);
  }

  void keepLastRow(int rows, int stride) {
    System.arraycopy(type, rows * stride, type, 0, stride);
    System.arraycopy(position, rows * stride, position, 0, stride);
    System.arraycopy(offsets, 4 * rows * stride, offsets, 0, 4 * stride);
  }
}
