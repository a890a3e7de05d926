package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes TIFF 6.0 in strips, one image file directory for each page. */
public final class TiffMaker {

  /** Photometric interpretations. */
  public enum Color {
    GRAY(1, 1),
    RGB(2, 3),
    RGBA(2, 4),
    CMYK(5, 4),
    LAB(8, 3);

    final int photometric;
    final int samples;

    Color(int photometric, int samples) {
      this.photometric = photometric;
      this.samples = samples;
    }
  }

  /** How strips are packed. */
  public enum Compression {
    NONE(1),
    PACK_BITS(32773),
    DEFLATE(8);

    final int code;

    Compression(int code) {
      this.code = code;
    }
  }

  /** Linear sRGB to X, Y, Z under D50, each relative to white. */
  private static final double[][] SRGB_TO_D50 = {
    {0.4360747 / 0.96422, 0.3850649 / 0.96422, 0.1430804 / 0.96422},
    {0.2225045, 0.7168786, 0.0606169},
    {0.0139322 / 0.82521, 0.0971045 / 0.82521, 0.7141733 / 0.82521}
  };

  private static final int WIDTH = 256;
  private static final int LENGTH = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int X_RESOLUTION = 282;
  private static final int Y_RESOLUTION = 283;
  private static final int RESOLUTION_UNIT = 296;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;
  private static final int ICC_PROFILE = 34675;

  private final List<BufferedImage> pages = new ArrayList<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private Color color;
  private int depth;
  private Compression compression = Compression.NONE;
  private int rowsPerStrip = 16;
  private int orientation = 1;
  private boolean associated;
  private float low;
  private float high = 1;
  private byte[] icc = {};
  private String make = "";

  private TiffMaker(BufferedImage image) {
    pages.add(image);
    color = image.getColorModel().hasAlpha() ? Color.RGBA : Color.RGB;
    depth = deep(image) ? 16 : 8;
  }

  /**
   * Starts a file of that picture: RGB, or RGBA when it has alpha; 16 bits per sample when it has
   * them, else 8; little-endian, not compressed, 16 rows in a strip.
   */
  public static TiffMaker of(BufferedImage image) {
    return new TiffMaker(image);
  }

  /** Adds a page. */
  public TiffMaker page(BufferedImage image) {
    pages.add(image);
    return this;
  }

  /** Sets color type and bits per sample, 8 or 16, or 32 for floating point. */
  public TiffMaker color(Color type, int bitDepth) {
    color = type;
    depth = bitDepth;
    return this;
  }

  /** Sets the floating-point numbers for 0 and 255, instead of 0 and 1. */
  public TiffMaker range(float zero, float full) {
    low = zero;
    high = full;
    return this;
  }

  /** Multiplies colors by alpha, in 8 bits. */
  public TiffMaker associatedAlpha() {
    associated = true;
    return this;
  }

  /** Writes big-endian numbers and samples. */
  public TiffMaker bigEndian() {
    order = ByteOrder.BIG_ENDIAN;
    return this;
  }

  /** Sets how strips are packed. */
  public TiffMaker compression(Compression value) {
    compression = value;
    return this;
  }

  /** Sets how many rows a strip has. */
  public TiffMaker rowsPerStrip(int value) {
    rowsPerStrip = value;
    return this;
  }

  /** Sets the orientation of all pages. The pixels stay as they are. */
  public TiffMaker orientation(int value) {
    orientation = value;
    return this;
  }

  /** Sets the camera's make on all pages. */
  public TiffMaker make(String value) {
    make = value;
    return this;
  }

  /** Adds a profile to all pages. */
  public TiffMaker icc(byte[] profile) {
    icc = profile;
    return this;
  }

  /** Returns the file: each page's directory, then its strips. */
  public byte[] bytes() {
    ByteWriter out = new ByteWriter(order);
    out.ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II").u16(42).u32(8);
    for (int page = 0; page < pages.size(); page++) {
      write(pages.get(page), out, page == pages.size() - 1);
    }
    return out.toByteArray();
  }

  private void write(BufferedImage image, ByteWriter out, boolean last) {
    List<byte[]> strips = strips(image);
    int[] counts = strips.stream().mapToInt(strip -> strip.length).toArray();
    int[] bits = new int[color.samples];
    Arrays.fill(bits, depth);
    TiffDirectory directory =
        new TiffDirectory(order)
            .longs(WIDTH, image.getWidth())
            .longs(LENGTH, image.getHeight())
            .shorts(BITS_PER_SAMPLE, bits)
            .shorts(COMPRESSION, compression.code)
            .shorts(PHOTOMETRIC, color.photometric)
            .shorts(ORIENTATION, orientation)
            .shorts(SAMPLES_PER_PIXEL, color.samples)
            .longs(ROWS_PER_STRIP, rowsPerStrip)
            .longs(STRIP_BYTE_COUNTS, counts)
            .longs(STRIP_OFFSETS, counts)
            .rationals(X_RESOLUTION, 300)
            .rationals(Y_RESOLUTION, 300)
            .shorts(RESOLUTION_UNIT, 2);
    if (!make.isEmpty()) {
      directory.ascii(0x010f, make);
    }
    if (color == Color.RGBA) {
      directory.shorts(EXTRA_SAMPLES, associated ? 1 : 2);
    }
    if (depth == 32) {
      int[] formats = new int[color.samples];
      Arrays.fill(formats, 3);
      directory.shorts(SAMPLE_FORMAT, formats);
    }
    if (icc.length > 0) {
      directory.undefined(ICC_PROFILE, icc);
    }
    int at = out.size() + directory.size();
    int[] offsets = new int[counts.length];
    for (int strip = 0; strip < counts.length; strip++) {
      offsets[strip] = at;
      at += counts[strip] + counts[strip] % 2;
    }
    out.bytes(directory.longs(STRIP_OFFSETS, offsets).bytes(out.size(), last ? 0 : at));
    for (byte[] strip : strips) {
      out.bytes(strip).zeros(strip.length % 2);
    }
  }

  private List<byte[]> strips(BufferedImage image) {
    List<byte[]> strips = new ArrayList<>();
    for (int top = 0; top < image.getHeight(); top += rowsPerStrip) {
      ByteWriter strip = ByteWriter.bigEndian();
      for (int y = top; y < Math.min(image.getHeight(), top + rowsPerStrip); y++) {
        byte[] row = row(image, y);
        strip.bytes(compression == Compression.PACK_BITS ? packBits(row) : row);
      }
      byte[] bytes = strip.toByteArray();
      strips.add(compression == Compression.DEFLATE ? PngWriter.deflate(bytes) : bytes);
    }
    return strips;
  }

  private byte[] row(BufferedImage image, int y) {
    ByteWriter row = new ByteWriter(order);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int sample = 0; sample < color.samples; sample++) {
        if (depth == 8) {
          row.u8(octet(image.getRGB(x, y), sample));
        } else if (depth == 32) {
          float value = low + (high - low) * octet(image.getRGB(x, y), sample) / 255;
          row.u32(Float.floatToIntBits(value));
        } else {
          row.u16(
              deep(image)
                  ? image.getRaster().getSample(x, y, sample)
                  : 257 * octet(image.getRGB(x, y), sample));
        }
      }
    }
    return row.toByteArray();
  }

  private int octet(int argb, int sample) {
    return switch (color) {
      case GRAY -> Pictures.luma(argb);
      case RGB, RGBA -> {
        int value = sample == 3 ? argb >>> 24 : argb >> (16 - 8 * sample) & 0xff;
        yield associated && sample < 3 ? (value * (argb >>> 24) + 127) / 255 : value;
      }
      case CMYK -> Inks.of(argb)[sample];
      case LAB -> lab(argb, sample);
    };
  }

  /** L* from 0 to 100 in 0 to 255, a* and b* in two's complement (TIFF 6.0, section 23), D50. */
  private static int lab(int argb, int sample) {
    double[] linear = new double[3];
    for (int c = 0; c < 3; c++) {
      double v = (argb >> (16 - 8 * c) & 0xff) / 255.0;
      linear[c] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
    double[] cubeRoots = new double[3];
    for (int i = 0; i < 3; i++) {
      double[] row = SRGB_TO_D50[i];
      double t = row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2];
      cubeRoots[i] = t > 216 / 24_389.0 ? Math.cbrt(t) : (24_389 / 27.0 * t + 16) / 116;
    }
    double value =
        switch (sample) {
          case 0 -> (116 * cubeRoots[1] - 16) * 2.55;
          case 1 -> 500 * (cubeRoots[0] - cubeRoots[1]);
          default -> 200 * (cubeRoots[1] - cubeRoots[2]);
        };
    return (int) Math.round(value) & 0xff;
  }

  /** TIFF 6.0, section 9: runs of three or more, else literals. */
  private static byte[] packBits(byte[] row) {
    ByteWriter out = ByteWriter.bigEndian();
    int literals = 0;
    int at = 0;
    while (at < row.length) {
      int run = 1;
      while (run < 128 && at + run < row.length && row[at + run] == row[at]) {
        run++;
      }
      if (run >= 3 || literals == 128) {
        literals(out, row, at - literals, literals);
        literals = 0;
      }
      if (run >= 3) {
        out.u8(1 - run).u8(row[at]);
        at += run;
      } else {
        literals++;
        at++;
      }
    }
    literals(out, row, at - literals, literals);
    return out.toByteArray();
  }

  private static void literals(ByteWriter out, byte[] row, int from, int count) {
    if (count > 0) {
      out.u8(count - 1).bytes(row, from, count);
    }
  }

  private static boolean deep(BufferedImage image) {
    return image.getSampleModel().getDataType() == DataBuffer.TYPE_USHORT;
  }
}
