package dev.miniatura.internal.webp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Writes VP8 key frames (RFC 6386): one color, or random content. The latter does not represent a
 * picture: modes, coefficients and all fields of the header are random.
 */
public final class Vp8Writer {

  private static final int[] ZERO_DELTAS = new int[5];

  private final int width;
  private final int height;
  private final int columns;
  private final int rows;
  private final BoolEncoder first = new BoolEncoder();
  private BoolEncoder[] tokens = {};
  private int[] probabilities = {}; // as the decoder reads them
  private final int[] modesAbove;
  private final int[] modesLeft = new int[4];
  private final int[] above; // contexts of tokens
  private final int[] left = new int[9];

  private Vp8Writer(int width, int height) {
    this.width = width;
    this.height = height;
    columns = (width + 15) / 16;
    rows = (height + 15) / 16;
    modesAbove = new int[4 * columns];
    above = new int[9 * columns];
  }

  /** Writes a frame of one color, in limited range. */
  public static byte[] solid(int width, int height, int y, int cb, int cr) {
    Vp8Writer writer = new Vp8Writer(width, height);
    writer.header(false, new int[4], new int[4], new int[] {0, 0, 0}, 0, 0, ZERO_DELTAS, null);
    int[][] color = new int[25][16];
    color[24][0] = 8 * (y - 128); // what the transforms and the first quantizer make of it: y − 128
    for (int block = 16; block < 24; block++) {
      color[block][0] = 2 * ((block < 20 ? cb : cr) - 128);
    }
    for (int row = 0; row < writer.rows; row++) {
      writer.beginRow();
      for (int column = 0; column < writer.columns; column++) {
        writer.first.bit(145, 1).bit(156, 0).bit(163, 0).bit(142, 0); // means throughout
        boolean origin = row == 0 && column == 0;
        writer.residue(writer.tokens[0], column, true, origin ? color : new int[25][16]);
      }
    }
    return writer.finish();
  }

  /** Writes a frame that uses every feature of the format. */
  public static byte[] random(int width, int height, long seed) {
    return random(width, height, seed, true);
  }

  /** Writes the same, whose loop filter may have level 0. */
  static byte[] random(int width, int height, long seed, boolean filtered) {
    Random random = new Random(seed);
    Vp8Writer writer = new Vp8Writer(width, height);
    boolean segmented = random.nextBoolean();
    boolean simple = random.nextInt(3) == 0;
    int[] filter = {simple ? 1 : 0, random.nextInt(5) == 0 ? 0 : random.nextInt(64), 0};
    filter[1] = filtered ? filter[1] : 0;
    filter[2] = random.nextInt(8);
    int[] deltas = random.ints(5, -15, 16).toArray();
    int index = random.nextInt(random.nextBoolean() ? 128 : 30);
    int[] quantizers = random.ints(4, 0, 20).toArray();
    int[] levels = random.ints(4, -20, 20).toArray();
    int partitions = random.nextInt(4);
    writer.header(segmented, quantizers, levels, filter, partitions, index, deltas, random);
    int density = 1 + random.nextInt(12);
    for (int row = 0; row < writer.rows; row++) {
      writer.beginRow();
      for (int column = 0; column < writer.columns; column++) {
        writer.macroblock(segmented, row, column, density, random);
      }
    }
    return writer.finish();
  }

  /**
   * Writes the header.
   *
   * @param filter 1 for the simple one or 0, level, sharpness
   * @param random draws what is optional; without it, that is left out
   */
  private void header(
      boolean segmented,
      int[] quantizers,
      int[] levels,
      int[] filter,
      int log2Partitions,
      int index,
      int[] deltas,
      @Nullable Random random) {
    first.literal(2, 0).flag(segmented);
    if (segmented) {
      first.flag(true).flag(true).flag(false); // a map, values, to be added to the frame's
      Arrays.stream(quantizers).forEach(value -> first.optionalSigned(7, value));
      Arrays.stream(levels).forEach(value -> first.optionalSigned(6, value));
      first.flag(true).literal(8, 100).flag(false).flag(true).literal(8, 30);
    }
    first.flag(filter[0] == 1).literal(6, filter[1]).literal(3, filter[2]);
    first.flag(random != null);
    if (random != null) {
      first.flag(true);
      for (int i = 0; i < 8; i++) {
        first.optionalSigned(6, random.nextInt(-12, 13));
      }
    }
    first.literal(2, log2Partitions).literal(7, index);
    tokens = new BoolEncoder[1 << log2Partitions];
    Arrays.setAll(tokens, i -> new BoolEncoder());
    Arrays.stream(deltas).forEach(value -> first.optionalSigned(4, value));
    first.flag(true);
    int[] byBand = TokenProbabilities.DEFAULTS.clone();
    for (int i = 0; i < byBand.length; i++) {
      boolean update = random != null && random.nextInt(20) == 0;
      first.bit(TokenProbabilities.UPDATES[i], update ? 1 : 0);
      if (update) {
        byBand[i] = 1 + random.nextInt(255);
        first.literal(8, byBand[i]);
      }
    }
    probabilities = TokenProbabilities.byPosition(byBand);
    first.flag(random != null);
    if (random != null) {
      first.literal(8, 200);
    }
  }

  private void beginRow() {
    Arrays.fill(modesLeft, IntraModes.DC);
    Arrays.fill(left, 0);
  }

  private void macroblock(boolean segmented, int row, int column, int density, Random random) {
    if (segmented) {
      int segment = random.nextInt(4);
      first.bit(100, segment >> 1).bit(segment < 2 ? 255 : 30, segment & 1);
    }
    boolean skipped = random.nextInt(4) == 0;
    first.bit(200, skipped ? 1 : 0);
    boolean whole = random.nextInt(3) == 0;
    first.bit(145, whole ? 1 : 0);
    if (whole) {
      wholeMode(column, random.nextInt(4));
    } else {
      subblockModes(column, random);
    }
    int chroma = random.nextInt(4);
    first.bit(142, chroma == IntraModes.DC ? 0 : 1);
    if (chroma != IntraModes.DC) {
      first.bit(114, chroma == IntraModes.VE ? 0 : 1);
      if (chroma != IntraModes.VE) {
        first.bit(183, chroma == IntraModes.HE ? 0 : 1);
      }
    }
    if (skipped) {
      int count = whole ? 9 : 8;
      Arrays.fill(left, 0, count, 0);
      Arrays.fill(above, 9 * column, 9 * column + count, 0);
    } else {
      residue(tokens[row % tokens.length], column, whole, coefficients(density, random));
    }
  }

  private void wholeMode(int column, int mode) {
    boolean straight = mode == IntraModes.DC || mode == IntraModes.VE;
    first.bit(156, straight ? 0 : 1);
    first.bit(straight ? 163 : 128, mode == IntraModes.DC || mode == IntraModes.HE ? 0 : 1);
    Arrays.fill(modesLeft, mode);
    Arrays.fill(modesAbove, 4 * column, 4 * column + 4, mode);
  }

  private void subblockModes(int column, Random random) {
    for (int i = 0; i < 16; i++) {
      int x = 4 * column + i % 4;
      int mode = random.nextInt(10);
      writeMode((modesAbove[x] * 10 + modesLeft[i / 4]) * 9, mode);
      modesAbove[x] = mode;
      modesLeft[i / 4] = mode;
    }
  }

  private void writeMode(int at, int mode) {
    int node = 0;
    while (node >= 0) {
      int bit = reaches(IntraModes.TREE[node], mode) ? 0 : 1;
      first.bit(IntraModes.PROBABILITIES[at + node / 2], bit);
      node = IntraModes.TREE[node + bit];
    }
  }

  private static boolean reaches(int node, int mode) {
    return node < 0
        ? ~node == mode
        : reaches(IntraModes.TREE[node], mode) || reaches(IntraModes.TREE[node + 1], mode);
  }

  /** Draws the coefficients of 24 blocks and of the second order, in zigzag order. */
  private static int[][] coefficients(int density, Random random) {
    int[][] blocks = new int[25][16];
    for (int[] block : blocks) {
      int count = random.nextInt(3) == 0 ? 0 : random.nextInt(Math.min(17, 1 + density));
      for (int i = 0; i < count; i++) {
        int most = random.nextInt(60) == 0 ? 1 << random.nextInt(12) : 4 >> (i / 4);
        block[random.nextInt(count)] = random.nextInt(-most, most + 1);
      }
    }
    return blocks;
  }

  private void residue(BoolEncoder out, int column, boolean whole, int[][] blocks) {
    int at = 9 * column;
    if (whole) {
      writeBlock(out, TokenProbabilities.PER_TYPE, at + 8, 8, 0, blocks[24]);
    }
    for (int i = 0; i < 16; i++) {
      int type = whole ? 0 : 3 * TokenProbabilities.PER_TYPE;
      writeBlock(out, type, at + i % 4, i / 4, whole ? 1 : 0, blocks[i]);
    }
    for (int i = 16; i < 24; i++) {
      int plane = i < 20 ? 4 : 6;
      int type = 2 * TokenProbabilities.PER_TYPE;
      writeBlock(out, type, at + plane + i % 2, plane + i / 2 % 2, 0, blocks[i]);
    }
  }

  private void writeBlock(
      BoolEncoder out, int type, int aboveAt, int leftAt, int start, int[] block) {
    int end = 16;
    while (end > start && block[end - 1] == 0) {
      end--;
    }
    int context = above[aboveAt] + left[leftAt];
    boolean afterZero = false;
    for (int i = start; i < end; i++) {
      int p = type + i * TokenProbabilities.PER_POSITION + context * TokenProbabilities.NODES;
      if (!afterZero) {
        out.bit(probabilities[p], 1);
      }
      int value = Math.abs(block[i]);
      afterZero = value == 0;
      out.bit(probabilities[p + 1], afterZero ? 0 : 1);
      if (!afterZero) {
        writeValue(out, p, value);
        out.flag(block[i] < 0);
      }
      context = Math.min(value, 2);
    }
    if (end < 16) {
      int p = type + end * TokenProbabilities.PER_POSITION + context * TokenProbabilities.NODES;
      out.bit(probabilities[p], 0);
    }
    above[aboveAt] = end > start ? 1 : 0;
    left[leftAt] = end > start ? 1 : 0;
  }

  private void writeValue(BoolEncoder out, int at, int value) {
    int[] p = probabilities;
    out.bit(p[at + 2], value == 1 ? 0 : 1);
    if (value == 1) {
      return;
    }
    out.bit(p[at + 3], value < 5 ? 0 : 1);
    if (value < 5) {
      out.bit(p[at + 4], value == 2 ? 0 : 1);
      if (value > 2) {
        out.bit(p[at + 5], value - 3);
      }
      return;
    }
    out.bit(p[at + 6], value < 11 ? 0 : 1);
    if (value < 7) {
      out.bit(p[at + 7], 0).bit(159, value - 5);
    } else if (value < 11) {
      out.bit(p[at + 7], 1).bit(165, (value - 7) >> 1).bit(145, (value - 7) & 1);
    } else {
      int category = value < 19 ? 0 : value < 35 ? 1 : value < 67 ? 2 : 3;
      out.bit(p[at + 8], category >> 1).bit(p[at + 9 + (category >> 1)], category & 1);
      int[] extra = ResidualReader.CATEGORIES[category];
      int rest = value - 3 - (8 << category);
      for (int i = 0; i < extra.length; i++) {
        out.bit(extra[i], rest >> (extra.length - 1 - i) & 1);
      }
    }
  }

  private byte[] finish() {
    byte[] header = first.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 3, header.length << 5 | 1 << 4); // key frame, version 0, shown
    number(out, 3, 0x2a019d);
    number(out, 2, width);
    number(out, 2, height);
    out.writeBytes(header);
    byte[][] partitions = Arrays.stream(tokens).map(BoolEncoder::finish).toArray(byte[][]::new);
    for (int i = 0; i < partitions.length - 1; i++) {
      number(out, 3, partitions[i].length);
    }
    Arrays.stream(partitions).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int bytes, int value) {
    for (int i = 0; i < bytes; i++) {
      out.write(value >> (8 * i));
    }
  }
}
