package dev.miniatura.internal.pnm;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import java.io.IOException;
import java.util.Locale;

/**
 * The header of a Netpbm file.
 *
 * @param maxval the value of white or opaque samples; 1 for bits and reals
 * @param alpha whether the last sample of a pixel is its opacity
 * @param little whether reals are little-endian
 * @param start the offset of the first sample
 */
record PnmHeader(
    Container container,
    Coding coding,
    ColorKind color,
    boolean alpha,
    int width,
    int height,
    int maxval,
    boolean little,
    long start) {

  /** How samples are stored. */
  enum Coding {
    /** Bits as the digits 0 and 1; 1 is black. */
    PLAIN_BITS,
    /** Decimal numbers. */
    PLAIN,
    /** Eight bits per byte; 1 is black, and rows are padded to whole bytes. */
    BITS,
    /** One byte per sample, or two in big-endian order. */
    RAW,
    /** Four bytes per sample; the last row is first. */
    REALS
  }

  private static final int MAX_MAXVAL = 65_535;

  static PnmHeader read(Container container, SourceBytes bytes) throws IOException {
    HeaderText text = new HeaderText(container, bytes, 2);
    int kind = bytes.at(1);
    return switch (kind) {
      case '7' -> arbitrary(text);
      case 'F', 'f' -> reals(text, kind == 'F' ? ColorKind.RGB : ColorKind.GRAY);
      default -> {
        boolean bits = kind == '1' || kind == '4';
        Coding coding =
            kind < '4'
                ? (bits ? Coding.PLAIN_BITS : Coding.PLAIN)
                : (bits ? Coding.BITS : Coding.RAW);
        ColorKind color = kind == '3' || kind == '6' ? ColorKind.RGB : ColorKind.GRAY;
        int width = text.positive("width");
        int height = text.positive("height");
        int maxval = bits ? 1 : maxval(text);
        yield new PnmHeader(container, coding, color, false, width, height, maxval, false, text.at);
      }
    };
  }

  private static int maxval(HeaderText text) throws IOException {
    int maxval = text.positive("maximum");
    if (maxval > MAX_MAXVAL) {
      throw text.malformed("a maximum of " + maxval);
    }
    return maxval;
  }

  /**
   * The sign of the scale gives the byte order; the scale itself is ignored, as other readers do.
   */
  private static PnmHeader reals(HeaderText text, ColorKind color) throws IOException {
    int width = text.positive("width");
    int height = text.positive("height");
    boolean little = text.word().startsWith("-");
    return new PnmHeader(
        Container.PNM, Coding.REALS, color, false, width, height, 1, little, text.at);
  }

  private static PnmHeader arbitrary(HeaderText text) throws IOException {
    int width = 0;
    int height = 0;
    int depth = 0;
    int maxval = 0;
    String type = "";
    String field = text.word();
    while (!field.equals("ENDHDR")) {
      switch (field) {
        case "WIDTH" -> width = text.positive("width");
        case "HEIGHT" -> height = text.positive("height");
        case "DEPTH" -> depth = text.positive("depth");
        case "MAXVAL" -> maxval = maxval(text);
        case "TUPLTYPE" -> type = (type + " " + text.line()).strip();
        case "" -> throw text.malformed("ends within its header");
        case "332" -> throw new UnsupportedImageException("thumbnails of XV");
        default -> throw text.malformed("an unknown field in its header");
      }
      field = text.word();
    }
    if (width == 0 || height == 0 || depth == 0 || maxval == 0) {
      throw text.malformed("a header without width, height, depth or maximum");
    }
    boolean inks = type.toUpperCase(Locale.ROOT).startsWith("CMYK");
    ColorKind color = inks ? ColorKind.CMYK : depth < 3 ? ColorKind.GRAY : ColorKind.RGB;
    int others = depth - color.channels();
    if (others < 0 || others > 1) {
      throw new UnsupportedImageException("PAM: %d samples per pixel".formatted(depth));
    }
    return new PnmHeader(
        Container.PAM, Coding.RAW, color, others == 1, width, height, maxval, false, text.at);
  }

  int channels() {
    return color.channels() + (alpha ? 1 : 0);
  }

  /** Returns the bytes of a row that is not plain. */
  long rowBytes() {
    long samples = (long) width * channels();
    return switch (coding) {
      case BITS -> (samples + 7) / 8;
      case REALS -> 4 * samples;
      default -> maxval < 256 ? samples : 2 * samples;
    };
  }
}
