package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a PNG of a picture, through {@link PngWriter}: every color type and bit depth, Adam7, and
 * any chunk.
 */
public final class PngMaker {

  /** Color types of the IHDR chunk. */
  public enum Color {
    GRAY(0, 1),
    RGB(2, 3),
    PALETTE(3, 1),
    GRAY_ALPHA(4, 2),
    RGBA(6, 4);

    final int code;
    final int samples;

    Color(int code, int samples) {
      this.code = code;
      this.samples = samples;
    }
  }

  private final BufferedImage image;
  private final boolean deepSource;
  private Color color;
  private int depth;
  private boolean interlaced;
  private int filter = PngWriter.BEST_FILTER;
  private int idatBytes = 1 << 16;
  private final List<Chunk> beforePalette = new ArrayList<>();
  private final List<Chunk> afterPalette = new ArrayList<>();

  private PngMaker(BufferedImage image) {
    this.image = image;
    this.color = image.getColorModel().hasAlpha() ? Color.RGBA : Color.RGB;
    this.deepSource = image.getSampleModel().getDataType() == DataBuffer.TYPE_USHORT;
    this.depth = deepSource ? 16 : 8;
  }

  /**
   * Starts a file of that picture: RGB, or RGBA when it has alpha; 16 bits per sample when it has
   * them, else 8; no metadata.
   */
  public static PngMaker of(BufferedImage image) {
    return new PngMaker(image);
  }

  /** Sets color type and bits per sample. Gray is luma; a palette is fitted to the picture. */
  public PngMaker color(Color type, int bitDepth) {
    color = type;
    depth = bitDepth;
    return this;
  }

  /** Writes the seven passes of Adam7. */
  public PngMaker interlaced() {
    interlaced = true;
    return this;
  }

  /** Uses one filter type, 0 to 4, for all rows instead of the best one for each. */
  public PngMaker filter(int type) {
    filter = type;
    return this;
  }

  /** Cuts the compressed data into IDAT chunks of that size. */
  public PngMaker idatBytes(int size) {
    idatBytes = size;
    return this;
  }

  /** Adds an eXIf chunk with that orientation. The pixels stay as they are. */
  public PngMaker orientation(int value) {
    return exif(ExifMaker.bigEndian().orientation(value).bytes());
  }

  /** Adds an eXIf chunk. */
  public PngMaker exif(byte[] tiff) {
    return chunk("eXIf", tiff);
  }

  /** Adds an iCCP chunk. */
  public PngMaker icc(byte[] profile) {
    ByteWriter payload = ByteWriter.bigEndian().ascii("profile\0").u8(0);
    return chunk("iCCP", payload.bytes(PngWriter.deflate(profile)).toByteArray());
  }

  /** Adds a gAMA chunk; 45455 stands for 1/2.2. */
  public PngMaker gamma(int timesHundredThousand) {
    return chunk("gAMA", ByteWriter.bigEndian().u32(timesHundredThousand).toByteArray());
  }

  /** Adds a cICP chunk with the code points of ITU-T H.273; 12, 13 is Display P3. */
  public PngMaker cicp(int primaries, int transfer) {
    return chunk("cICP", new byte[] {(byte) primaries, (byte) transfer, 0, 1});
  }

  /** Adds a tRNS chunk that makes one gray level or one RGB color transparent. */
  public PngMaker transparent(int... samples) {
    ByteWriter payload = ByteWriter.bigEndian();
    Arrays.stream(samples).forEach(payload::u16);
    afterPalette.add(new Chunk("tRNS", payload.toByteArray()));
    return this;
  }

  /** Adds any chunk between IHDR and PLTE. */
  public PngMaker chunk(String type, byte[] payload) {
    beforePalette.add(new Chunk(type, payload));
    return this;
  }

  /** Returns the file. */
  public byte[] bytes() {
    Optional<Palette> palette =
        color == Color.PALETTE ? Optional.of(Palette.of(image, 1 << depth)) : Optional.empty();
    int[] samples = palette.map(this::indexes).orElseGet(this::samples);
    PngWriter writer =
        PngWriter.of(image.getWidth(), image.getHeight(), depth, color.code, samples)
            .interlaced(interlaced)
            .filter(filter)
            .idatBytes(idatBytes);
    beforePalette.forEach(chunk -> writer.chunk(chunk.type, chunk.payload));
    palette.ifPresent(colors -> addPalette(writer, colors));
    afterPalette.forEach(chunk -> writer.chunk(chunk.type, chunk.payload));
    return writer.bytes();
  }

  private static void addPalette(PngWriter writer, Palette palette) {
    ByteWriter entries = ByteWriter.bigEndian();
    for (int entry : palette.colors) {
      entries.u24(entry);
    }
    writer.chunk("PLTE", entries.toByteArray());
    if (palette.hasTransparent()) {
      writer.chunk("tRNS", new byte[1]);
    }
  }

  private int[] argb() {
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }

  private int[] indexes(Palette palette) {
    return Arrays.stream(argb()).map(palette::index).toArray();
  }

  private int[] samples() {
    int width = image.getWidth();
    int[] samples = new int[width * image.getHeight() * color.samples];
    int[] argb = deepSource ? new int[0] : argb();
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / color.samples;
      int sample = i % color.samples;
      samples[i] =
          deepSource
              ? image.getRaster().getSample(pixel % width, pixel / width, sample)
              : sample(argb[pixel], sample);
    }
    return samples;
  }

  private int sample(int argb, int sample) {
    int octet =
        switch (color) {
          case PALETTE -> throw new IllegalStateException("has indexes");
          case GRAY, GRAY_ALPHA -> sample == 0 ? Pictures.luma(argb) : argb >>> 24;
          case RGB, RGBA -> sample == 3 ? argb >>> 24 : argb >> (16 - 8 * sample) & 0xff;
        };
    return depth == 8 ? octet : depth == 16 ? octet * 257 : octet >> (8 - depth);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Chunk(String type, byte[] payload) {}
}
