package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * Writes JPEG (T.81), baseline and progressive, with every option a decoder has to follow. A
 * baseline and a progressive file of the same picture hold the same coefficients, so that decoders
 * must return the same pixels for both. Bytes do not depend on the JDK.
 */
public final class JpegMaker {

  /** How the components relate to color. */
  public enum Color {
    /** One component: JFIF's Y. */
    GRAY,
    /** JFIF. */
    YCBCR,
    /** Three components under an Adobe marker with transform 0. */
    RGB,
    /** Four components under an Adobe marker with transform 0, stored inverted as Adobe does. */
    CMYK,
    /** Four components under an Adobe marker with transform 2, stored inverted as Adobe does. */
    YCCK
  }

  private static final int APP0 = 0xffe0;
  private static final int APP1 = 0xffe1;
  private static final int APP2 = 0xffe2;
  private static final int APP14 = 0xffee;

  private final int width;
  private final int height;
  private final int[] pixels;
  private Color color = Color.YCBCR;
  private int quality = 85;
  private int h = 2;
  private int v = 2;
  private boolean progressive;
  private boolean arithmetic;
  private boolean separateScans;
  private int restartInterval;
  private final ByteWriter metadata = ByteWriter.bigEndian();

  private JpegMaker(BufferedImage image) {
    width = image.getWidth();
    height = image.getHeight();
    pixels = image.getRGB(0, 0, width, height, null, 0, width);
  }

  /** Starts a file of that picture: baseline YCbCr, 4:2:0, quality 85, no metadata. */
  public static JpegMaker of(BufferedImage image) {
    return new JpegMaker(image);
  }

  /** Sets how color is stored; gray also sets the sampling factors to 1x1. */
  public JpegMaker color(Color value) {
    color = value;
    return value == Color.GRAY ? sampling(1, 1) : this;
  }

  /** Sets the quality, 1 to 100. */
  public JpegMaker quality(int value) {
    quality = value;
    return this;
  }

  /**
   * Sets the sampling factors of Y (and K); the other components have 1x1. {@code (2, 2)} is 4:2:0,
   * {@code (2, 1)} 4:2:2, {@code (1, 2)} 4:4:0, {@code (4, 1)} 4:1:1, {@code (1, 1)} 4:4:4. RGB and
   * CMYK have all components alike.
   */
  public JpegMaker sampling(int horizontal, int vertical) {
    h = horizontal;
    v = vertical;
    return this;
  }

  /** Writes SOF2 and a script of spectral selection and successive approximation. */
  public JpegMaker progressive() {
    progressive = true;
    return this;
  }

  /** Codes the coefficients arithmetically instead of by Huffman: SOF9, or SOF10 if progressive. */
  public JpegMaker arithmetic() {
    arithmetic = true;
    return this;
  }

  /** Writes one baseline scan for each component instead of one for all. */
  public JpegMaker separateScans() {
    separateScans = true;
    return this;
  }

  /** Puts a restart marker after every so many MCUs. */
  public JpegMaker restartInterval(int mcus) {
    restartInterval = mcus;
    return this;
  }

  /** Adds an EXIF segment with that orientation. The pixels stay as they are. */
  public JpegMaker orientation(int value) {
    return exif(ExifMaker.littleEndian().orientation(value).bytes());
  }

  /** Adds an EXIF segment. */
  public JpegMaker exif(byte[] tiff) {
    return segment(APP1, ByteWriter.bigEndian().ascii("Exif\0\0").bytes(tiff).toByteArray());
  }

  /** Adds an XMP segment. */
  public JpegMaker xmp(String packet) {
    return segment(
        APP1,
        ByteWriter.bigEndian().ascii("http://ns.adobe.com/xap/1.0/\0" + packet).toByteArray());
  }

  /** Adds a profile in as few segments as will hold it. */
  public JpegMaker icc(byte[] profile) {
    return icc(profile, 65_519);
  }

  /** Adds a profile cut into segments of so many bytes (ICC.1 annex B.4). */
  public JpegMaker icc(byte[] profile, int bytesPerSegment) {
    int segments = (profile.length + bytesPerSegment - 1) / bytesPerSegment;
    for (int i = 0; i < segments; i++) {
      int from = i * bytesPerSegment;
      int to = Math.min(profile.length, from + bytesPerSegment);
      ByteWriter payload = ByteWriter.bigEndian().ascii("ICC_PROFILE\0").u8(i + 1).u8(segments);
      segment(APP2, payload.bytes(profile, from, to - from).toByteArray());
    }
    return this;
  }

  /** Adds any marker segment ({@code marker} as in {@code 0xffe0}) before the tables. */
  public JpegMaker segment(int marker, byte[] payload) {
    metadata.u16(marker).u16(payload.length + 2).bytes(payload);
    return this;
  }

  /** Returns the file. */
  public byte[] bytes() {
    List<JpegPlane> planes = planes();
    JpegFile file = new JpegFile(new int[] {1, 2, 3, 4}, planes);
    ByteWriter segments = ByteWriter.bigEndian();
    switch (color) {
      case GRAY, YCBCR ->
          segments.u16(APP0).u16(16).ascii("JFIF\0").u16(0x0102).u8(1).u16(72).u16(72).u16(0);
      case RGB, CMYK -> adobe(segments, 0);
      case YCCK -> adobe(segments, 2);
    }
    file.segments(segments.bytes(metadata.toByteArray()).toByteArray());
    int tables = planes.stream().mapToInt(plane -> plane.table).max().orElse(0) + 1;
    for (int table = 0; table < tables; table++) {
      file.quantization(table, JpegPlane.quantization(table, quality));
    }
    if (arithmetic) {
      file.frame(
          (progressive ? JpegFile.SOF2 : JpegFile.SOF1) + JpegFile.ARITHMETIC, width, height);
    } else {
      file.frame(progressive ? JpegFile.SOF2 : JpegFile.SOF0, width, height);
    }
    file.restartInterval(restartInterval);
    script(planes.size()).forEach(arithmetic ? file::arithmeticScan : file::scan);
    return file.end();
  }

  private static void adobe(ByteWriter out, int transform) {
    out.u16(APP14).u16(14).ascii("Adobe").u16(100).u16(0).u16(0).u8(transform);
  }

  private List<JpegScan> script(int components) {
    List<Integer> all = IntStream.range(0, components).boxed().toList();
    List<JpegScan> scans = new ArrayList<>();
    if (!progressive) {
      if (!separateScans) {
        return List.of(JpegScan.sequential(all));
      }
      all.forEach(component -> scans.add(JpegScan.sequential(List.of(component))));
      return scans;
    }
    scans.add(JpegScan.progressive(all, 0, 0, 0, 1));
    scans.add(JpegScan.progressive(List.of(0), 1, 5, 0, 2));
    for (int component = components - 1; component > 0; component--) {
      scans.add(JpegScan.progressive(List.of(component), 1, 63, 0, 1));
    }
    scans.add(JpegScan.progressive(List.of(0), 6, 63, 0, 2));
    scans.add(JpegScan.progressive(List.of(0), 1, 63, 2, 1));
    scans.add(JpegScan.progressive(all, 0, 0, 1, 0));
    for (int component = components - 1; component >= 0; component--) {
      scans.add(JpegScan.progressive(List.of(component), 1, 63, 1, 0));
    }
    return scans;
  }

  private List<JpegPlane> planes() {
    return switch (color) {
      case GRAY -> List.of(plane(this::luma, h, v, 0));
      case YCBCR ->
          List.of(plane(this::luma, h, v, 0), plane(this::cb, 1, 1, 1), plane(this::cr, 1, 1, 1));
      case RGB ->
          planesAlike(
              (x, y) -> at(x, y) >> 16 & 0xff,
              (x, y) -> at(x, y) >> 8 & 0xff,
              (x, y) -> at(x, y) & 0xff);
      case CMYK ->
          planesAlike(
              (x, y) -> 255 - ink(x, y, 0),
              (x, y) -> 255 - ink(x, y, 1),
              (x, y) -> 255 - ink(x, y, 2),
              (x, y) -> 255 - ink(x, y, 3));
      case YCCK -> {
        JpegMaker inks = new JpegMaker(coloredInks());
        yield List.of(
            plane(inks::luma, h, v, 0),
            plane(inks::cb, 1, 1, 1),
            plane(inks::cr, 1, 1, 1),
            plane((x, y) -> 255 - ink(x, y, 3), h, v, 0));
      }
    };
  }

  private List<JpegPlane> planesAlike(IntBinaryOperator... components) {
    return Arrays.stream(components)
        .map(samples -> new JpegPlane(samples, width, height, 1, 1, 1, 1, 0, quality))
        .toList();
  }

  private JpegPlane plane(IntBinaryOperator samples, int planeH, int planeV, int table) {
    return new JpegPlane(samples, width, height, planeH, planeV, h, v, table, quality);
  }

  private int at(int x, int y) {
    return pixels[y * width + x];
  }

  /** JFIF 1.02: Y, Cb and Cr of full range, coefficients in 1/65536. */
  private int luma(int x, int y) {
    return Pictures.luma(at(x, y));
  }

  private int cb(int x, int y) {
    int rgb = at(x, y);
    int sum = -11058 * (rgb >> 16 & 0xff) - 21710 * (rgb >> 8 & 0xff) + 32768 * (rgb & 0xff);
    return Math.min(255, (sum + (128 << 16) + 32768) >> 16);
  }

  private int cr(int x, int y) {
    int rgb = at(x, y);
    int sum = 32768 * (rgb >> 16 & 0xff) - 27440 * (rgb >> 8 & 0xff) - 5328 * (rgb & 0xff);
    return Math.min(255, (sum + (128 << 16) + 32768) >> 16);
  }

  private int ink(int x, int y, int component) {
    return Inks.of(at(x, y))[component];
  }

  /**
   * Returns what the YCC part of YCCK is made of. Turning CMYK to YCCK inverts C, M and Y once, and
   * what Adobe feeds it is inverted already: R, G and B are the inks themselves.
   */
  private BufferedImage coloredInks() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int[] inks = Inks.of(at(x, y));
        image.setRGB(x, y, TestImages.rgb(inks[0], inks[1], inks[2]));
      }
    }
    return image;
  }
}
