package dev.miniatura.internal.vp8l;

/** Adds green to red and blue (RFC 9649, section 3.5.3). */
final class SubtractGreen implements Transform {

  @Override
  public int[] undo(int y, int[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] = add(row[x]);
    }
    return row;
  }

  /** Adds green to a pixel's red and blue. */
  static int add(int argb) {
    int green = argb >>> 8 & 0xff;
    int redBlue = (argb & 0xff00ff) + (green << 16 | green);
    return (argb & 0xff00ff00) | (redBlue & 0xff00ff);
  }
}
