package dev.miniatura.internal.tiff;

import dev.miniatura.UnsupportedImageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The description of a picture in a directory (TIFF 6.0, parts 1 to 3). */
final class Page {

  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int MASK = 4;
  static final int SEPARATED = 5;
  static final int YCBCR = 6;
  static final int CIE_LAB = 8;
  static final int ICC_LAB = 9;
  static final int ITU_LAB = 10;

  static final int OLD_JPEG = 6;
  static final int JPEG = 7;

  static final int UNSIGNED = 1;
  static final int SIGNED = 2;
  static final int REAL = 3;

  private static final int MAX_SAMPLES = 64;

  final TiffFile file;
  final Directory directory;
  final int width;
  final int height;
  final int bits;
  final int samples;
  final int format;
  final int photometric;
  final int compression;
  final int predictor;
  final boolean reversed;
  final int chromaX; // columns and rows of the pixels that share a chroma sample
  final int chromaY;
  final boolean planar;
  final boolean tiled;
  final int segmentWidth;
  final int segmentHeight;
  final int across; // segments per row of segments
  final int down;
  final int colors;

  /** Index of the sample that is alpha, or −1. */
  final int alpha;

  final boolean associated;

  /** Whether it is alpha only if it varies, because the use of the sample is not specified. */
  final boolean alphaUnsure;

  /**
   * Returns the number of samples if it is not specified; old writers of JPEG leave that to the
   * JPEG.
   */
  private int samplesUnsaid() throws IOException {
    return directory.number(Tag.PHOTOMETRIC, -1) == YCBCR ? 3 : 1;
  }

  Page(TiffFile file, Directory directory) throws IOException {
    this.file = file;
    this.directory = directory;
    width = dimension(Tag.WIDTH);
    height = dimension(Tag.LENGTH);
    samples = (int) directory.number(Tag.SAMPLES_PER_PIXEL, samplesUnsaid());
    bits = bits();
    format = format();
    compression = (int) directory.number(Tag.COMPRESSION, 1);
    predictor = predictor();
    reversed = directory.number(Tag.FILL_ORDER, 1) == 2;
    planar = directory.number(Tag.PLANAR_CONFIGURATION, 1) == 2 && samples > 1;
    photometric = photometric();
    boolean shared = photometric == YCBCR && !isJpeg() && compression != Compressions.WEBP;
    chromaX = shared ? (int) directory.number(Tag.YCBCR_SUBSAMPLING, 0, 2) : 1;
    chromaY = shared ? (int) directory.number(Tag.YCBCR_SUBSAMPLING, 1, 2) : 1;
    checkSubsampling();
    tiled = directory.has(Tag.TILE_WIDTH) && directory.has(Tag.TILE_LENGTH);
    segmentWidth = tiled ? dimension(Tag.TILE_WIDTH) : width;
    segmentHeight = tiled ? dimension(Tag.TILE_LENGTH) : rowsPerStrip();
    across = ceil(width, segmentWidth);
    down = ceil(height, segmentHeight);
    colors = colors();
    int[] extra = directory.numbers(Tag.EXTRA_SAMPLES);
    int found = -1;
    for (int i = 0; i < extra.length && found < 0 && colors + i < samples; i++) {
      found = extra[i] == 1 || extra[i] == 2 ? i : -1;
    }
    associated = found >= 0 && extra[found] == 1;
    alphaUnsure =
        found < 0 && samples == colors + 1 && (photometric == RGB || colors == 1) && !isPalette();
    alpha = found >= 0 ? colors + found : alphaUnsure ? colors : -1;
  }

  private int dimension(int tag) throws IOException {
    long value = directory.number(tag, 0);
    if (value <= 0 || value > Integer.MAX_VALUE) {
      throw file.malformed(directory.at, "its field " + tag + ", a size, is " + value);
    }
    return (int) value;
  }

  private int bits() throws IOException {
    if (samples < 1 || samples > MAX_SAMPLES) {
      throw new UnsupportedImageException(file.format + ": " + samples + " samples per pixel");
    }
    int first = (int) directory.number(Tag.BITS_PER_SAMPLE, 1);
    for (int i = 1; i < Math.min(samples, directory.count(Tag.BITS_PER_SAMPLE)); i++) {
      if (directory.number(Tag.BITS_PER_SAMPLE, i, first) != first) {
        throw new UnsupportedImageException(file.format + ": samples of different sizes");
      }
    }
    boolean known = (first >= 1 && first <= 16) || first == 24 || first == 32 || first == 64;
    if (!known) {
      throw new UnsupportedImageException(file.format + ": " + first + " bits per sample");
    }
    return first;
  }

  private int format() throws IOException {
    int value = (int) directory.number(Tag.SAMPLE_FORMAT, UNSIGNED);
    int known = value == 0 || value == 4 ? UNSIGNED : value;
    if (known > REAL || (known == REAL && bits < 16)) {
      throw new UnsupportedImageException(
          "%s: samples of format %d in %d bits".formatted(file.format, value, bits));
    }
    return known;
  }

  private int predictor() throws IOException {
    boolean predicts = Compressions.predicts(compression);
    int value = predicts ? (int) directory.number(Tag.PREDICTOR, 1) : Predictor.NONE;
    if (!Predictor.suits(value, bits)) {
      throw new UnsupportedImageException(
          "%s: predictor %d of %d bits".formatted(file.format, value, bits));
    }
    return value;
  }

  /** Returns the photometric interpretation, which scanners that write fax sometimes omit. */
  private int photometric() throws IOException {
    int otherwise =
        Compressions.isFax(compression) ? WHITE_IS_ZERO : samples >= 3 ? RGB : BLACK_IS_ZERO;
    return (int) directory.number(Tag.PHOTOMETRIC, otherwise);
  }

  private int rowsPerStrip() throws IOException {
    long rows = directory.number(Tag.ROWS_PER_STRIP, height);
    return rows <= 0 || rows > height ? height : (int) rows;
  }

  private int colors() throws IOException {
    int needed =
        switch (photometric) {
          case WHITE_IS_ZERO, BLACK_IS_ZERO, MASK, PALETTE -> 1;
          case RGB, YCBCR -> 3;
          case CIE_LAB, ICC_LAB, ITU_LAB -> samples < 3 ? 1 : 3;
          case SEPARATED -> 4;
          default ->
              throw new UnsupportedImageException(
                  file.format + ": photometric interpretation " + photometric);
        };
    if (samples < needed) {
      throw new UnsupportedImageException(
          "%s: %d samples per pixel of photometric interpretation %d"
              .formatted(file.format, samples, photometric));
    }
    return needed;
  }

  private void checkSubsampling() throws UnsupportedImageException {
    boolean sizes = chromaX >= 1 && chromaX <= 4 && chromaY >= 1 && chromaY <= 4;
    boolean kind = bits == 8 && samples == 3 && !planar && predictor == Predictor.NONE;
    boolean whole = photometric != YCBCR || isJpeg() || bits == 8 || bits == 16;
    if (!sizes || !whole || (isSubsampled() && !kind)) {
      throw new UnsupportedImageException(
          "%s: chroma subsampled %d x %d in this way".formatted(file.format, chromaX, chromaY));
    }
  }

  boolean isPalette() {
    return photometric == PALETTE;
  }

  boolean isLab() {
    return photometric >= CIE_LAB && photometric <= ITU_LAB;
  }

  boolean isJpeg() {
    return compression == JPEG || compression == OLD_JPEG;
  }

  int orientation() throws IOException {
    long value = directory.number(Tag.ORIENTATION, 1);
    return value >= 1 && value <= 8 ? (int) value : 1;
  }

  byte @Nullable [] profile() throws IOException {
    return directory.bytes(Tag.ICC_PROFILE);
  }

  /** Returns the number of samples stored together: all, or one if each has a plane. */
  int samplesTogether() {
    return planar ? 1 : samples;
  }

  /** Returns whether several pixels share chroma samples, so that rows are stored in groups. */
  boolean isSubsampled() {
    return chromaX > 1 || chromaY > 1;
  }

  /** Returns the bytes of a row of a segment, or of a group of rows. */
  long storedRowBytes() {
    return isSubsampled()
        ? (long) ceil(segmentWidth, chromaX) * (chromaX * chromaY + 2)
        : ((long) segmentWidth * samplesTogether() * bits + 7) / 8;
  }

  /** Returns the bytes that a segment decompresses to. */
  long segmentBytes() {
    return storedRowBytes() * ceil(segmentHeight, chromaY);
  }

  /** Returns how many of a segment's rows belong to the picture. */
  int rowsOf(int segmentRow) {
    return (int) Math.min(segmentHeight, height - (long) segmentRow * segmentHeight);
  }

  /**
   * Returns the offset of a segment; 0 if it is not stored, in which case all of its samples are 0.
   */
  long offset(int segment) throws IOException {
    boolean ofTiles =
        tiled && directory.has(Tag.TILE_OFFSETS); // some writers use the tags of strips
    return directory.number(ofTiles ? Tag.TILE_OFFSETS : Tag.STRIP_OFFSETS, segment, -1);
  }

  /** Returns the length of a segment; up to the end of the file if it is not specified. */
  long length(int segment) throws IOException {
    boolean ofTiles = tiled && directory.has(Tag.TILE_BYTE_COUNTS);
    int tag = ofTiles ? Tag.TILE_BYTE_COUNTS : Tag.STRIP_BYTE_COUNTS;
    return directory.number(tag, segment, Long.MAX_VALUE / 2);
  }

  static int ceil(long a, long b) {
    return (int) ((a + b - 1) / b);
  }
}
