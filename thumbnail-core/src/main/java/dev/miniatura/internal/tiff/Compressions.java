package dev.miniatura.internal.tiff;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.zstd.ZstdReader;
import java.io.IOException;

/** The compressions of a page's segments, except JPEG. */
final class Compressions {

  static final int HUFFMAN_WORDS = 32771;
  static final int THUNDER_SCAN = 32809;
  static final int LZMA = 34925;
  static final int ZSTD = 50000;
  static final int WEBP = 50001;

  private Compressions() {}

  /** Returns whether the ImageIO plugin supports a compression, too. */
  static boolean isOfPlugin(int compression) {
    return switch (compression) {
      case 1, 2, 3, 4, 5, Page.OLD_JPEG, Page.JPEG, 8, 32946, 32773 -> true;
      default -> false;
    };
  }

  /** Returns whether a compression is supported, JPEG included. */
  private static boolean isKnown(int compression) {
    return switch (compression) {
      case HUFFMAN_WORDS, THUNDER_SCAN, LZMA, ZSTD, WEBP -> true;
      default -> isOfPlugin(compression);
    };
  }

  /** Returns whether a compression is one of fax machines. */
  static boolean isFax(int compression) {
    return (compression >= 2 && compression <= 4) || compression == HUFFMAN_WORDS;
  }

  /** Returns whether rows may be stored as differences. */
  static boolean predicts(int compression) {
    return switch (compression) {
      case 5, 8, 32946, LZMA, ZSTD -> true;
      default -> false;
    };
  }

  /** Refuses compressions that are not supported, or not for these samples. */
  static void check(Page page) throws UnsupportedImageException {
    boolean suits =
        switch (page.compression) {
          case 2, 3, 4, HUFFMAN_WORDS -> page.bits == 1 && page.samples == 1;
          case THUNDER_SCAN -> page.bits == 4 && page.samples == 1;
          case WEBP -> WebpRows.suits(page);
          default -> true;
        };
    if (!isKnown(page.compression) || !suits) {
      throw new UnsupportedImageException(page.file.format + ": " + named(page.compression));
    }
    if (page.compression == LZMA) {
      checkLibrary(page.file.format);
    }
  }

  /**
   * Checks for the library. The class that uses it cannot do this, since the JVM cannot verify that
   * class without the library.
   */
  private static void checkLibrary(String format) throws UnsupportedImageException {
    try {
      Class.forName("org.tukaani.xz.XZInputStream", false, Compressions.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UnsupportedImageException(
          format + ": LZMA compression, for want of the library org.tukaani:xz", e);
    }
  }

  private static String named(int compression) {
    return switch (compression) {
      case 34676, 34677 -> "SGI Log compression";
      case 33003, 33004, 33005, 34712 -> "JPEG 2000 compression";
      case 34887 -> "LERC compression";
      case WEBP -> "WebP compression of such samples";
      case 52546, 50002 -> "JPEG XL compression";
      default -> "compression " + compression;
    };
  }

  /**
   * Returns the bytes of memory that a reader takes besides a window of constant size and a row.
   */
  static long workingBytes(Page page) {
    return switch (page.compression) {
      case LZMA -> LzmaRows.MEMORY_BYTES;
      case ZSTD -> ZstdReader.bytes(page.segmentBytes());
      case WEBP -> WebpRows.workingBytes(page);
      default -> 0;
    };
  }

  /**
   * Opens a segment.
   *
   * @param start its offset in the file
   * @param end the offset of its end, which may be beyond the end of the file
   */
  static RowReader open(Page page, long start, long end, Deadline deadline) throws IOException {
    SegmentInput in = new SegmentInput(page.file, start, end, page.reversed);
    String format = page.file.format;
    int rowBytes = (int) page.storedRowBytes();
    return switch (page.compression) {
      case 1 -> RowReader.uncompressed(in);
      case 5 -> new LzwReader(in, format);
      case 8, 32946 -> RowReader.deflate(in, rowBytes);
      case 32773 -> RowReader.packBits(in);
      case THUNDER_SCAN -> new ThunderScanReader(in, page.segmentWidth);
      case LZMA -> new LzmaRows(in, page.file);
      case ZSTD -> RowReader.zstd(in, format, page.segmentBytes());
      case WEBP -> new WebpRows(page, start, end, deadline);
      default -> new FaxReader(in, format, scheme(page), page.segmentWidth);
    };
  }

  /** Returns the coding scheme of fax rows. */
  private static FaxReader.Scheme scheme(Page page) throws IOException {
    boolean mixed = (page.directory.number(Tag.T4_OPTIONS, 0) & 1) != 0;
    return switch (page.compression) {
      case 2 -> FaxReader.Scheme.HUFFMAN;
      case HUFFMAN_WORDS -> FaxReader.Scheme.HUFFMAN_WORDS;
      case 3 -> mixed ? FaxReader.Scheme.MIXED : FaxReader.Scheme.ONE_DIMENSION;
      default -> FaxReader.Scheme.TWO_DIMENSIONS;
    };
  }
}
