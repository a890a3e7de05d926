package dev.miniatura.internal.jpeg.encode;

import dev.miniatura.internal.io.Workers;
import dev.miniatura.internal.jpeg.Marker;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes JPEG (T.81) with Huffman tables made for each file. The bytes depend only on the raster
 * and the options.
 */
public final class JpegEncoder {

  /** The maximum number of pixels per side. */
  public static final int MAX_SIDE = 0xffff;

  private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0};
  private static final byte[] ICC_PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_SEGMENT_BYTES = 0xffff - 2;

  /** Everything but scan data and a profile: six scans with two codes each at most. */
  private static final int MAX_HEADER_BYTES = 4096;

  /** Smaller pictures are encoded by one thread. */
  private static final int MIN_BLOCKS = 1 << 10;

  /** How many rows of blocks a thread quantizes before it asks for more. */
  private static final int PIECE_ROWS = 4;

  /** Quantizers, codes and buffers of a fixed size. */
  private static final int CONSTANT_BYTES = 1 << 16;

  private final Raster raster;
  private final JpegOptions options;
  private final boolean halved;
  private final Quantizer[] quantizers;
  private final QuantizedComponent[] components;

  private JpegEncoder(Raster raster, JpegOptions options) {
    this.raster = raster;
    this.options = options;
    boolean gray = raster.color() == ColorKind.GRAY;
    halved = !gray && (raster.chromaHalved() || options.halveChroma());
    Quantizer luma = Quantizer.luma(options.quality());
    quantizers =
        gray ? new Quantizer[] {luma} : new Quantizer[] {luma, Quantizer.chroma(options.quality())};
    components = new QuantizedComponent[gray ? 1 : 3];
    for (int c = 0; c < components.length; c++) {
      components[c] = component(c);
    }
  }

  /**
   * Encodes a raster with one thread.
   *
   * @param raster opaque GRAY or YCBCR, at most 65,535 pixels a side
   */
  public static byte[] encode(Raster raster, JpegOptions options) {
    return encode(raster, options, 1);
  }

  /**
   * Encodes a raster.
   *
   * @param raster opaque GRAY or YCBCR, at most 65,535 pixels a side
   * @param threads how many may work at once; more than two count as two
   */
  public static byte[] encode(Raster raster, JpegOptions options, int threads) {
    boolean writable = raster.color() == ColorKind.GRAY || raster.color() == ColorKind.YCBCR;
    if (!writable || raster.alpha()) {
      throw new IllegalArgumentException("JPEG is written from opaque gray or YCbCr");
    }
    if (raster.width() > MAX_SIDE || raster.height() > MAX_SIDE) {
      throw new IllegalArgumentException("a JPEG has at most 65,535 pixels a side");
    }
    return write(raster, options, threads).toByteArray(); // joined without the encoder
  }

  private static JpegOutput write(Raster raster, JpegOptions options, int threads) {
    JpegEncoder encoder = new JpegEncoder(raster, options);
    boolean shared = threads > 1 && encoder.blocks() >= MIN_BLOCKS;
    try (Workers workers = new Workers(shared ? 2 : 1)) {
      AtomicInteger next = new AtomicInteger();
      workers.share(() -> encoder.quantize(next, shared ? PIECE_ROWS : Integer.MAX_VALUE));
      return encoder.write(workers);
    }
  }

  /**
   * Quantizes the components, until no piece is left.
   *
   * @param next the number of the next piece
   * @param rows how many rows of blocks a piece has
   */
  private void quantize(AtomicInteger next, int rows) {
    QuantizedComponent.BlockRow row = new QuantizedComponent.BlockRow(components[0].blocksX);
    int piece = next.getAndIncrement();
    int before = 0; // pieces of earlier components
    for (QuantizedComponent component : components) {
      int pieces = (component.blocksY - 1) / rows + 1;
      while (piece < before + pieces) {
        int from = (piece - before) * rows;
        component.quantize(from, Math.min(component.blocksY - from, rows) + from, row);
        piece = next.getAndIncrement();
      }
      before += pieces;
    }
  }

  /**
   * Returns the maximum size of a file in bytes, without its profile.
   *
   * @param quality 1 to 100
   * @param halved whether chroma is halved
   */
  public static long mostBytes(int width, int height, int quality, boolean halved) {
    long mcuSide = halved ? 16 : 8;
    long mcus = ((width + mcuSide - 1) / mcuSide) * ((height + mcuSide - 1) / mcuSide);
    double luma = SizeBound.blockBytes(Quantizer.lumaSteps(quality)) * (halved ? 4 : 1);
    double chroma = SizeBound.blockBytes(Quantizer.chromaSteps(quality)) * 2;
    return MAX_HEADER_BYTES + (long) Math.ceil(mcus * (luma + chroma));
  }

  /**
   * Returns the maximum number of bytes that encoding takes: halved chroma, the coefficients and
   * symbols, the growing file, and finally the file. The picture and a profile are not included.
   */
  public static long workingBytes(int width, int height, int quality, boolean halved) {
    long chromaWidth = halved ? (width + 1L) / 2 : width;
    long chromaHeight = halved ? (height + 1L) / 2 : height;
    long luma = blocks(width) * blocks(height);
    long chroma = blocks(chromaWidth) * blocks(chromaHeight);
    long coefficients =
        QuantizedComponent.workingBytes(blocks(width), blocks(height))
            + 2 * QuantizedComponent.workingBytes(blocks(chromaWidth), blocks(chromaHeight));
    long symbols = EncoderSymbols.workingBytes(luma + 2 * chroma);
    long file = mostBytes(width, height, quality, halved);
    long buffers =
        JpegOutput.bufferBytes(file, capacity((long) width * height), EntropyWriter.MOST_RESERVED);
    return 2 * chromaWidth * chromaHeight
        + buffers
        + Math.max(coefficients + symbols, file)
        + CONSTANT_BYTES;
  }

  private static long blocks(long samples) {
    return (samples + 7) / 8;
  }

  private static int capacity(long pixels) {
    return (int) Math.min(1024 + pixels / 4, Integer.MAX_VALUE - 8);
  }

  private QuantizedComponent component(int c) {
    byte[] samples = raster.channel(c);
    int width = raster.width(c);
    int height = raster.height(c);
    if (c > 0 && halved && !raster.chromaHalved()) {
      samples = halve(samples, width, height);
      width = (width + 1) / 2;
      height = (height + 1) / 2;
    }
    int sampling = c == 0 && halved ? 2 : 1;
    return new QuantizedComponent(
        c + 1, samples, width, height, sampling, quantizers[Math.min(c, 1)]);
  }

  /** Averages 2 × 2 samples; the last column or row of an odd plane counts twice. */
  private static byte[] halve(byte[] samples, int width, int height) {
    int halfWidth = (width + 1) / 2;
    int halfHeight = (height + 1) / 2;
    byte[] half = new byte[halfWidth * halfHeight];
    for (int y = 0; y < halfHeight; y++) {
      int upper = 2 * y * width;
      int lower = Math.min(2 * y + 1, height - 1) * width;
      for (int x = 0; x < halfWidth; x++) {
        int left = 2 * x;
        int right = Math.min(left + 1, width - 1);
        int sum =
            (samples[upper + left] & 0xff)
                + (samples[upper + right] & 0xff)
                + (samples[lower + left] & 0xff)
                + (samples[lower + right] & 0xff);
        half[y * halfWidth + x] = (byte) ((sum + 2) >> 2);
      }
    }
    return half;
  }

  private JpegOutput write(Workers workers) {
    byte[] profile = options.iccProfile();
    int capacity = capacity((long) raster.width() * raster.height());
    JpegOutput out = new JpegOutput(capacity + (profile == null ? 0 : profile.length));
    out.marker(Marker.SOI);
    out.segment(Marker.APP0, 2 + JFIF.length);
    out.write(JFIF);
    if (profile != null) {
      writeProfile(profile, out);
    }
    writeQuantization(out);
    writeFrameHeader(out);
    if (options.progressive()) {
      EncoderSymbols symbols = new EncoderSymbols(blocks(), 1);
      for (EncoderScan scan : progressiveScans()) {
        symbols.gather(scan, 0, scan.rows());
        EncoderSymbols.write(scan, out, symbols);
      }
    } else {
      EncoderScan scan = new BaselineEncoderScan(components);
      EncoderSymbols.write(scan, out, symbols(workers, scan.rows()));
    }
    out.marker(Marker.EOI);
    return out;
  }

  /** Returns the symbols of the scan of a baseline file, gathered by all workers. */
  private EncoderSymbols[] symbols(Workers workers, int rows) {
    int count = workers.count();
    EncoderSymbols[] parts = new EncoderSymbols[count];
    AtomicInteger next = new AtomicInteger();
    workers.share(
        () -> {
          for (int part = next.getAndIncrement(); part < count; part = next.getAndIncrement()) {
            parts[part] = new EncoderSymbols(blocks(), count);
            EncoderScan scan = new BaselineEncoderScan(components);
            parts[part].gather(scan, rows * part / count, rows * (part + 1) / count);
          }
        });
    return parts;
  }

  /** Splits a profile over APP2 segments (ICC.1 B.4). */
  private static void writeProfile(byte[] profile, JpegOutput out) {
    int max = MAX_SEGMENT_BYTES - ICC_PROFILE.length - 2;
    int pieces = (profile.length + max - 1) / max;
    if (pieces > 255) {
      throw new IllegalArgumentException("profile too large for a JPEG");
    }
    for (int piece = 0; piece < pieces; piece++) {
      int start = piece * max;
      int length = Math.min(max, profile.length - start);
      out.segment(Marker.APP2, 2 + ICC_PROFILE.length + 2 + length);
      out.write(ICC_PROFILE);
      out.write(piece + 1);
      out.write(pieces);
      out.write(profile, start, length);
    }
  }

  private void writeQuantization(JpegOutput out) {
    out.segment(Marker.DQT, 2 + 65 * quantizers.length);
    for (int table = 0; table < quantizers.length; table++) {
      out.write(table);
      for (int k = 0; k < 64; k++) {
        out.write(quantizers[table].step(k));
      }
    }
  }

  private void writeFrameHeader(JpegOutput out) {
    out.segment(options.progressive() ? Marker.SOF2 : Marker.SOF0, 8 + 3 * components.length);
    out.write(8);
    out.write(raster.height() >> 8);
    out.write(raster.height());
    out.write(raster.width() >> 8);
    out.write(raster.width());
    out.write(components.length);
    for (QuantizedComponent component : components) {
      out.write(component.id);
      out.write(component.sampling << 4 | component.sampling);
      out.write(component.tables);
    }
  }

  private int blocks() {
    int blocks = 0;
    for (QuantizedComponent component : components) {
      blocks += component.blocks();
    }
    return blocks;
  }

  /**
   * Progressive files send DC and chroma whole and cut luma in three: low frequencies, high
   * frequencies, and the lowest bit of both.
   */
  private EncoderScan[] progressiveScans() {
    QuantizedComponent luma = components[0];
    List<EncoderScan> scans = new ArrayList<>();
    scans.add(new DcEncoderScan(components));
    scans.add(new AcEncoderScan(luma, 1, 8, 0, 1));
    for (int c = 1; c < components.length; c++) {
      scans.add(new AcEncoderScan(components[c], 1, 63, 0, 0));
    }
    scans.add(new AcEncoderScan(luma, 9, 63, 0, 1));
    scans.add(new AcEncoderScan(luma, 1, 63, 1, 0));
    return scans.toArray(EncoderScan[]::new);
  }
}
