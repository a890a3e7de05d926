package dev.miniatura.internal.png;

import dev.miniatura.internal.deflate.Zlib;
import dev.miniatura.internal.quantize.ExactPalette;
import dev.miniatura.internal.quantize.IndexedImage;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes PNG (third edition), in the smallest layout that keeps every pixel: without color if it is
 * all gray, without alpha if it is opaque, with fewer bits or a palette if there are few colors.
 * Only chunks that the picture needs are written.
 */
public final class PngEncoder {

  private static final int MAX_COLORS = 256;

  /**
   * The factor by which the estimate for rows without a filter may be larger and they are still
   * tried: the estimate does not include what matches longer or nearer than the last one save, up
   * to 27 % for a drawing (measured with zlib).
   */
  private static final double PLAIN_ADVANTAGE = 1.2;

  /**
   * The least part of an estimate that zlib was seen to need for drawings of a few kilobytes. A
   * palette that takes less is not compared with samples.
   */
  private static final double LEAST_OF_ESTIMATE = 0.55;

  private PngEncoder() {}

  /**
   * Encodes a raster.
   *
   * @param raster GRAY or RGB, with or without alpha
   */
  public static byte[] encode(Raster raster, PngOptions options) {
    if (raster.color() != ColorKind.GRAY && raster.color() != ColorKind.RGB) {
      throw new IllegalArgumentException("PNG is written from gray or RGB");
    }
    IndexedImage indexed = ExactPalette.of(raster, MAX_COLORS);
    if (indexed == null) {
      return Objects.requireNonNull(encodeDirectly(raster, options, Integer.MAX_VALUE));
    }
    byte[] withPalette = encode(indexed, options);
    byte[] direct = encodeDirectly(raster, options, withPalette.length);
    return direct != null && direct.length <= withPalette.length ? direct : withPalette;
  }

  /** Encodes a picture with a palette. */
  public static byte[] encode(IndexedImage image, PngOptions options) {
    RowSource source = RowSource.ofIndices(image);
    byte[] data = ImageRows.plain(source).compress(options.level(), Integer.MAX_VALUE);
    return file(source, Objects.requireNonNull(data), image, options);
  }

  /** Encodes without a palette; returns null if that takes more than {@code most} bytes. */
  private static byte @Nullable [] encodeDirectly(Raster raster, PngOptions options, int most) {
    RowSource source = directLayout(raster);
    byte[] data =
        source.bitDepth() == 8
            ? compressSamples(source, options.level(), most)
            : ImageRows.plain(source).compress(options.level(), most);
    return data == null ? null : file(source, data, null, options);
  }

  /**
   * Compresses samples. Filters help samples that vary smoothly; packed samples and indices do not
   * (PNG 12.7). Where filtered rows repeat, as in drawings, unfiltered ones repeat even more: then
   * both are compressed if the estimates are inconclusive, unfiltered ones first, which are shorter
   * in most drawings, so that the others can be given up.
   *
   * @param most how many bytes are of use
   * @return null if there are more
   */
  private static byte @Nullable [] compressSamples(RowSource source, int level, int most) {
    ImageRows filtered = ImageRows.filtered(source);
    if (!filtered.matchesPay()) {
      return filtered.compress(level, most);
    }
    ImageRows plain = ImageRows.plain(source);
    long least = Math.min(plain.estimatedBytes(), filtered.estimatedBytes());
    if (LEAST_OF_ESTIMATE * least > most) {
      return null;
    }
    if (plain.estimatedBytes() >= PLAIN_ADVANTAGE * filtered.estimatedBytes()) {
      return filtered.compress(level, most);
    }
    byte[] unfiltered = plain.compress(level, most);
    if (plain.estimatedBytes() <= filtered.estimatedBytes()) {
      return unfiltered;
    }
    byte[] compressed = filtered.compress(level, unfiltered == null ? most : unfiltered.length);
    return compressed == null ? unfiltered : compressed;
  }

  private static RowSource directLayout(Raster raster) {
    boolean gray = raster.color() == ColorKind.GRAY || isGray(raster);
    int alpha = raster.channelCount() - 1;
    if (raster.alpha() && !isOpaque(raster.channel(alpha))) {
      return gray
          ? RowSource.ofChannels(raster, RowSource.GRAY_ALPHA, 0, alpha)
          : RowSource.ofChannels(raster, RowSource.RGB_ALPHA, 0, 1, 2, alpha);
    }
    if (!gray) {
      return RowSource.ofChannels(raster, RowSource.RGB, 0, 1, 2);
    }
    int bitDepth = grayDepth(raster.channel(0));
    return bitDepth < 8
        ? RowSource.ofGrayLevels(raster, bitDepth)
        : RowSource.ofChannels(raster, RowSource.GRAY, 0);
  }

  private static boolean isGray(Raster raster) {
    return Arrays.equals(raster.channel(0), raster.channel(1))
        && Arrays.equals(raster.channel(0), raster.channel(2));
  }

  private static boolean isOpaque(byte[] alpha) {
    for (byte value : alpha) {
      if (value != -1) {
        return false;
      }
    }
    return true;
  }

  /** Returns the smallest bit depth that can represent every sample, scaled to 8 bits, exactly. */
  private static int grayDepth(byte[] samples) {
    int step = 255;
    for (int i = 0; i < samples.length && step > 1; i++) {
      int value = samples[i] & 0xff;
      while (value % step != 0) {
        step = step == 17 ? 1 : step == 85 ? 17 : 85;
      }
    }
    return switch (step) {
      case 255 -> 1;
      case 85 -> 2;
      case 17 -> 4;
      default -> 8;
    };
  }

  private static byte[] file(
      RowSource source, byte[] data, @Nullable IndexedImage indexed, PngOptions options) {
    ChunkWriter out = new ChunkWriter(data.length + 1024);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(source.width()).putInt(source.height());
    header.put((byte) source.bitDepth()).put((byte) source.colorType());
    out.write("IHDR", header.array()); // compression, filter method, interlace: 0
    byte[] profile = options.iccProfile();
    if (profile != null) {
      out.write("iCCP", profileChunk(profile, options.level()));
    }
    if (indexed != null) {
      writePalette(indexed, out);
    }
    out.write("IDAT", data);
    out.write("IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] profileChunk(byte[] profile, int level) {
    byte[] name = {'i', 'c', 'c', 0, 0}; // end of the name, compression method 0
    byte[] compressed = Zlib.compress(profile, level);
    return ByteBuffer.allocate(name.length + compressed.length).put(name).put(compressed).array();
  }

  private static void writePalette(IndexedImage image, ChunkWriter out) {
    int[] palette = image.palette();
    byte[] colors = new byte[3 * palette.length];
    byte[] alphas = new byte[image.translucentColors()];
    for (int i = 0; i < palette.length; i++) {
      colors[3 * i] = (byte) (palette[i] >> 16);
      colors[3 * i + 1] = (byte) (palette[i] >> 8);
      colors[3 * i + 2] = (byte) palette[i];
      if (i < alphas.length) {
        alphas[i] = (byte) (palette[i] >>> 24);
      }
    }
    out.write("PLTE", colors);
    if (alphas.length > 0) {
      out.write("tRNS", alphas);
    }
  }
}
