package dev.miniatura.internal.vp8l;

/** What an image is coded as: literals, places in the color cache, and references, in order. */
final class Elements {

  /** In place of a distance code. */
  static final int LITERAL = -1;

  static final int CACHED = -2;

  private final int[] values; // a pixel, a place, or a length
  private final int[] distances; // LITERAL, CACHED, or a distance code
  private int size;

  /** Creates a list that takes no more than so many. */
  Elements(int capacity) {
    values = new int[capacity];
    distances = new int[capacity];
  }

  void literal(int argb) {
    add(argb, LITERAL);
  }

  void cached(int index) {
    add(index, CACHED);
  }

  void copy(int length, int distanceCode) {
    add(length, distanceCode);
  }

  private void add(int value, int distance) {
    values[size] = value;
    distances[size++] = distance;
  }

  int size() {
    return size;
  }

  int value(int i) {
    return values[i];
  }

  int distance(int i) {
    return distances[i];
  }

  /** Returns for how many pixels an element stands. */
  int length(int i) {
    return distances[i] < 0 ? 1 : values[i];
  }
}
