package dev.miniatura.internal.vp8l;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes lossless bitstreams (RFC 9649, section 3). Of several ways to transform the pixels, the
 * one with the smallest estimated size is used. The bytes depend only on the pixels.
 */
public final class LosslessEncoder {

  /** The maximum number of pixels per side. */
  public static final int MAX_SIDE = 1 << 14;

  private static final int FEW_COLORS = 16; // with fewer, nothing beats a table

  /** With so few pixels unlike their neighbors, predictors are not tried if there is a table. */
  private static final double FEW = 0.1;

  /** With so many pixels unlike their neighbors, nothing beats predictors. */
  private static final double MANY = 0.75;

  private static final int SMALL_BLOCK_BITS = 3;
  private static final int BLOCK_BITS = 4;

  private final int[] pixels;
  private final int width;
  private final int height;
  private final Way best;

  /** One way: the description of its transforms, and the image that remains to be coded. */
  private record Way(BitWriter transforms, ImageWriter image) {

    double bits() {
      return transforms.length() + image.bits();
    }

    BitWriter written() {
      transforms.put(false);
      image.put(transforms);
      return transforms;
    }
  }

  private LosslessEncoder(int[] pixels, int width, int height) {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException("size " + width + " x " + height);
    }
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    best = ways().min(Comparator.comparingDouble(Way::bits)).orElseThrow();
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
    out.append(new LosslessEncoder(argb, width, height).best.written());
    return out.bytes();
  }

  /**
   * Prepares to encode a plane, such as alpha, as green.
   *
   * @param samples one byte per pixel, rows without padding
   */
  public static LosslessEncoder ofPlane(byte[] samples, int width, int height) {
    int[] argb = new int[samples.length];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = Argb.BLACK | (samples[i] & 0xff) << 8;
    }
    return new LosslessEncoder(argb, width, height);
  }

  /** Returns the approximate number of bits that it will take. */
  public double bits() {
    return best.bits();
  }

  /** Returns a bitstream without a header. Called once. */
  public byte[] headless() {
    return best.written().bytes();
  }

  private Stream<Way> ways() {
    List<Way> ways = new ArrayList<>();
    ColorTable table = ColorTable.of(pixels);
    if (table.isComplete()) {
      ways.add(indexed(table));
    }
    if (!table.isComplete() || table.size() > FEW_COLORS) {
      int[] lessGreen = Arrays.stream(pixels).map(GreenChoice::subtract).toArray();
      boolean plane = isPlane(pixels);
      boolean gray = isPlane(lessGreen);
      int[] fresh = fresh();
      if (!table.isComplete() || fresh.length > FEW * pixels.length) {
        if (!plane) {
          ways.add(predicted(lessGreen, true, gray, BLOCK_BITS));
        }
        if (plane || !gray) {
          ways.add(predicted(pixels, false, plane, SMALL_BLOCK_BITS));
        }
      }
      if (table.isComplete() || fresh.length < MANY * pixels.length) {
        boolean subtracted = !plane && GreenChoice.shrinks(fresh);
        BitWriter out = start(subtracted);
        ways.add(new Way(out, new ImageWriter(subtracted ? lessGreen : pixels, width, height)));
      }
    }
    return ways.stream();
  }

  private static boolean isPlane(int[] argb) {
    return Arrays.stream(argb).allMatch(pixel -> (pixel & 0xff00ff) == 0);
  }

  /** Returns the pixels that differ from the one to the left and from the one above. */
  private int[] fresh() {
    return IntStream.range(0, pixels.length)
        .filter(i -> i == 0 || pixels[i] != pixels[i - 1])
        .filter(i -> i < width || pixels[i] != pixels[i - width])
        .map(i -> pixels[i])
        .toArray();
  }

  private static BitWriter start(boolean lessGreen) {
    BitWriter out = new BitWriter();
    if (lessGreen) {
      out.put(true);
      out.put(Transform.SUBTRACT_GREEN, 2);
    }
    return out;
  }

  private Way predicted(int[] source, boolean lessGreen, boolean plane, int bits) {
    BitWriter out = start(lessGreen);
    PredictorChoice choice = new PredictorChoice(source, width, height, bits);
    putBlocks(out, Transform.PREDICTOR, choice.modes, bits);
    if (!plane) {
      ColorChoice colors = new ColorChoice(choice.residual, width, height, bits);
      putBlocks(out, Transform.COLOR, colors.elements, bits);
    }
    return new Way(out, new ImageWriter(choice.residual, width, height));
  }

  private void putBlocks(BitWriter out, int transform, int[] blocks, int bits) {
    out.put(true);
    out.put(transform, 2);
    out.put(bits - 2, 3);
    ImageWriter.put(out, blocks, Blocks.count(width, bits), Blocks.count(height, bits));
  }

  private Way indexed(ColorTable table) {
    BitWriter out = new BitWriter();
    out.put(true);
    out.put(Transform.COLOR_INDEXING, 2);
    out.put(table.size() - 1, 8);
    ImageWriter.put(out, table.differences(), table.size(), 1);
    int widthBits = ColorIndexing.widthBits(table.size());
    int codedWidth = Blocks.count(width, widthBits);
    int[] coded = new int[codedWidth * height];
    Arrays.fill(coded, Argb.BLACK);
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int shift = 8 + (x & ((1 << widthBits) - 1)) * (8 >> widthBits);
      coded[i / width * codedWidth + (x >> widthBits)] |= table.index(pixels[i]) << shift;
    }
    return new Way(out, new ImageWriter(coded, codedWidth, height));
  }
}
