package dev.miniatura.internal.vp8l;

/**
 * The elements of a coded image in order: literals, positions in the color cache, and references.
 */
final class Elements {

  /** In place of a distance code. */
  static final int LITERAL = -1;

  static final int CACHED = -2;

  private final int[] values; // a pixel, a position, or a length
  private final int[] distances; // LITERAL, CACHED, or a distance code
  private int size;

  /** Creates a list for at most a number of elements. */
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

  /** Returns the number of pixels of an element. */
  int length(int i) {
    return distances[i] < 0 ? 1 : values[i];
  }
}
