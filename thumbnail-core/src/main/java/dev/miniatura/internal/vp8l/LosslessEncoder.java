package dev.miniatura.internal.vp8l;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes lossless bitstreams (RFC 9649, section 3), the smallest of several that stand for the same
 * pixels. The bytes depend on the pixels only.
 */
public final class LosslessEncoder {

  /** Most pixels a side. */
  public static final int MAX_SIDE = 1 << 14;

  private static final int MAX_COLORS = 256;
  private static final int FEW_COLORS = 16; // with fewer, nothing beats a table

  private final int[] pixels;
  private final int width;
  private final int height;
  private @Nullable BitWriter smallest;

  private LosslessEncoder(int[] pixels, int width, int height) {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException("size " + width + " x " + height);
    }
    this.pixels = pixels;
    this.width = width;
    this.height = height;
  }

  /**
   * Encodes a picture.
   *
   * @param argb rows of pixels with straight alpha
   * @return a bitstream with its header
   */
  public static byte[] encode(int[] argb, int width, int height) {
    BitWriter out = new BitWriter();
    out.put(0x2f, 8);
    out.put(width - 1, 14);
    out.put(height - 1, 14);
    out.put(Arrays.stream(argb).anyMatch(pixel -> pixel >>> 24 != 255));
    out.put(0, 3);
    out.append(new LosslessEncoder(argb, width, height).best());
    return out.bytes();
  }

  /**
   * Encodes a plane, such as alpha, as green.
   *
   * @return a bitstream without a header
   */
  public static byte[] encodePlane(byte[] samples, int width, int height) {
    int[] argb = new int[samples.length];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = Argb.BLACK | (samples[i] & 0xff) << 8;
    }
    return new LosslessEncoder(argb, width, height).best().bytes();
  }

  private BitWriter best() {
    int[] colors = pixels.clone();
    Arrays.sort(colors);
    int count = 0;
    for (int i = 0; i < colors.length && count <= MAX_COLORS; i++) {
      if (i == 0 || colors[i] != colors[i - 1]) {
        colors[count++] = colors[i];
      }
    }
    if (count <= MAX_COLORS) {
      int[] table = Arrays.copyOf(colors, count);
      attempt(out -> putIndexed(out, table));
    }
    if (count > FEW_COLORS) {
      int[] plain = pixels;
      int[] lessGreen = Arrays.stream(pixels).map(LosslessEncoder::subtractGreen).toArray();
      boolean gray = Arrays.stream(lessGreen).allMatch(p -> (p & 0xff00ff) == 0);
      attempt(out -> putPredicted(out, lessGreen, true, !gray));
      if (!gray) {
        attempt(out -> putPredicted(out, plain, false, true));
      }
      attempt(
          out -> {
            out.put(false);
            ImageWriter.put(out, plain, width, height, true);
          });
    }
    if (smallest == null) {
      throw new IllegalStateException("nothing was written");
    }
    return smallest;
  }

  private void attempt(Consumer<BitWriter> writing) {
    BitWriter out = new BitWriter();
    writing.accept(out);
    if (smallest == null || out.length() < smallest.length()) {
      smallest = out;
    }
  }

  private static int subtractGreen(int argb) {
    int green = argb >> 8 & 0xff;
    return Argb.subtract(argb, green << 16 | green);
  }

  private void putPredicted(BitWriter out, int[] source, boolean lessGreen, boolean colored) {
    if (lessGreen) {
      out.put(true);
      out.put(Transform.SUBTRACT_GREEN, 2);
    }
    int bits = (long) width * height > 1 << 18 ? 5 : 4;
    PredictorChoice choice = new PredictorChoice(source, width, height, bits);
    out.put(true);
    out.put(Transform.PREDICTOR, 2);
    out.put(bits - 2, 3);
    ImageWriter.put(
        out, choice.modes, Blocks.count(width, bits), Blocks.count(height, bits), false);
    int[] residual = choice.residual;
    if (colored) {
      ColorChoice colors = new ColorChoice(residual, width, height, bits);
      out.put(true);
      out.put(Transform.COLOR, 2);
      out.put(bits - 2, 3);
      ImageWriter.put(
          out, colors.elements, Blocks.count(width, bits), Blocks.count(height, bits), false);
      residual = colors.changed;
    }
    out.put(false);
    ImageWriter.put(out, residual, width, height, true);
  }

  private void putIndexed(BitWriter out, int[] table) {
    out.put(true);
    out.put(Transform.COLOR_INDEXING, 2);
    out.put(table.length - 1, 8);
    int[] differences = new int[table.length];
    for (int i = 0; i < table.length; i++) {
      differences[i] = i == 0 ? table[0] : Argb.subtract(table[i], table[i - 1]);
    }
    ImageWriter.put(out, differences, table.length, 1, false);
    int widthBits = ColorIndexing.widthBits(table.length);
    int codedWidth = Blocks.count(width, widthBits);
    int[] coded = new int[codedWidth * height];
    Arrays.fill(coded, Argb.BLACK);
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int shift = 8 + (x & ((1 << widthBits) - 1)) * (8 >> widthBits);
      int index = Arrays.binarySearch(table, pixels[i]);
      coded[i / width * codedWidth + (x >> widthBits)] |= index << shift;
    }
    out.put(false);
    ImageWriter.put(out, coded, codedWidth, height, true);
  }
}
