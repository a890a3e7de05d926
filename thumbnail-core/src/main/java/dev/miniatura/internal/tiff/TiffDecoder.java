package dev.miniatura.internal.tiff;

import dev.miniatura.Limits;
import dev.miniatura.ThumbnailException;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes TIFF 6.0 and BigTIFF as written by scanners, cameras and geographic systems: strips and
 * tiles; uncompressed, PackBits, LZW, Deflate, fax and JPEG; gray, RGB, palette, CMYK, YCbCr and
 * L*a*b*; 1 to 16 bits, 32, and floating point. Rows go to the sink as they are decompressed: only
 * a row of a strip, or a row of tiles, is held. Of several versions of the picture, the smallest
 * sufficient one is decoded.
 *
 * <p>Everything else is refused as unsupported when the file is opened, before a pixel is read.
 */
public final class TiffDecoder implements ImageDecoder {

  private final TiffFile file;
  private final Deadline deadline;
  private final Limits limits;
  private final Pages pages;
  private final Page main;
  private final Version whole;
  private final int orientation;
  private final byte @Nullable [] profile;
  private final Camera camera;

  private TiffDecoder(
      SourceBytes bytes, Deadline deadline, Limits limits, @Nullable Directory picture)
      throws IOException {
    this.deadline = deadline;
    this.limits = limits;
    file = TiffFile.open(bytes);
    pages = new Pages(file);
    main = new Page(file, picture == null ? pages.main() : picture);
    whole = open(main);
    orientation = main.orientation();
    profile = main.isLab() ? null : main.profile();
    camera = file.big ? Camera.unknown() : Exif.camera(bytes);
  }

  /**
   * Reads the directories.
   *
   * @throws dev.miniatura.UnsupportedImageException if the picture is of a kind that is not
   *     supported here
   */
  public static TiffDecoder open(SourceBytes bytes, Deadline deadline, Limits limits)
      throws IOException {
    return new TiffDecoder(bytes, deadline, limits, null);
  }

  /** Opens the picture of one directory. */
  public static TiffDecoder open(
      SourceBytes bytes, Deadline deadline, Limits limits, Directory picture) throws IOException {
    return new TiffDecoder(bytes, deadline, limits, picture);
  }

  /** Returns whether the plugin knows the compression of a file's picture. */
  public static boolean isForPlugin(SourceBytes bytes) throws IOException {
    Directory directory = new Pages(TiffFile.open(bytes)).main();
    return Compressions.isOfPlugin((int) directory.number(Tag.COMPRESSION, 1));
  }

  /** A page that can be decoded here. */
  private record Version(Page page, @Nullable JpegPage jpeg) {}

  private Version open(Page page) throws IOException {
    if (page.isJpeg()) {
      return new Version(
          page, new JpegPage(page, new JpegPieces(page, limits, deadline), deadline));
    }
    Compressions.check(page);
    StoredRows.workingBytes(page); // refuses what no array can hold
    return new Version(page, null);
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(file.format, main.width, main.height, words(), main.bits)
        .orientation(orientation)
        .alpha(main.alpha >= 0)
        .iccProfile(profile != null)
        .camera(camera)
        .build();
  }

  private String words() {
    return switch (main.photometric) {
      case Page.PALETTE -> "palette";
      case Page.SEPARATED -> "CMYK";
      case Page.YCBCR -> "YCbCr";
      case Page.RGB -> "RGB";
      case Page.CIE_LAB, Page.ICC_LAB, Page.ITU_LAB -> "Lab";
      default -> "gray";
    };
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    Version version = version(targetWidth, targetHeight);
    JpegPage jpeg = version.jpeg();
    return jpeg == null
        ? planRows(version.page())
        : planJpeg(version.page(), jpeg, targetWidth, targetHeight, chromaHalved);
  }

  /**
   * Returns the version for a target. A smaller version that cannot be decoded here is not an
   * error.
   */
  private Version version(double targetWidth, double targetHeight) throws IOException {
    Directory directory = pages.version(main.directory, targetWidth, targetHeight);
    if (directory.at == main.directory.at) {
      return whole;
    }
    try {
      return open(new Page(file, directory));
    } catch (ThumbnailException e) {
      return whole;
    }
  }

  private DecodePlan planJpeg(
      Page page, JpegPage jpeg, double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    int[] sizes = jpeg.idctSizes(targetWidth, targetHeight, chromaHalved);
    RasterLayout layout =
        new RasterLayout(main.width, main.height, jpeg.kind(), false, jpeg.planes(sizes), profile);
    return DecodePlan.of(
        layout,
        heldOfSource() + jpeg.workingBytes(sizes),
        "JPEG of idct size " + sizes[0] + described(page),
        (sink, notes) -> {
          sink.begin(layout);
          jpeg.decode(sizes, sink, notes);
        });
  }

  private DecodePlan planRows(Page page) throws IOException {
    long working = heldOfSource() + StoredRows.workingBytes(page) + RowConverter.workingBytes(page);
    return DecodePlan.of(
        layout(page, page.alpha >= 0),
        working,
        (page.tiled ? "by rows of tiles" : "by rows") + described(page),
        (sink, notes) -> decodeRows(page, sink, notes));
  }

  private String described(Page page) {
    return page == main ? "" : " of a version of %d x %d".formatted(page.width, page.height);
  }

  private RasterLayout layout(Page page, boolean alpha) {
    ColorKind color = RowConverter.kind(page);
    int channels = color.channels() + (alpha ? 1 : 0);
    Plane plane = Plane.full(page.width, page.height, channels);
    return new RasterLayout(main.width, main.height, color, alpha, List.of(plane), profile);
  }

  @Override
  public long heldOfSource() throws IOException {
    return file.bytes.heldBytes();
  }

  private void decodeRows(Page page, RowSink sink, Notes notes) throws IOException {
    Survey survey = Survey.isNeeded(page) ? Survey.read(page, deadline) : Survey.of(page);
    RowConverter converter = new RowConverter(page, survey);
    RasterLayout layout = layout(page, survey.alpha());
    sink.begin(layout);
    StoredRows rows = new StoredRows(page, deadline, notes);
    int channels = layout.channels();
    byte[] row = new byte[page.width * channels];
    boolean identity = converter.isIdentity();
    int y = 0;
    while (y < page.height) {
      rows.next();
      boolean whole = !isAnyMissing(page, rows);
      for (int i = 0; i < rows.rows(); i++) {
        if (identity && whole) {
          sink.row(0, y++, rows.array(0), rows.offset());
        } else {
          converter.convert(rows, i, row);
          blank(page, rows, layout, row);
          sink.row(0, y++, row, 0);
        }
      }
    }
    if (!rows.any()) {
      throw file.malformed(main.directory.at, "has no picture data that can be read");
    }
  }

  private static boolean isAnyMissing(Page page, StoredRows rows) {
    for (int x = 0; x < page.across; x++) {
      if (rows.isMissing(x)) {
        return true;
      }
    }
    return false;
  }

  /** Makes pixels missing from the file gray, or transparent. */
  private static void blank(Page page, StoredRows rows, RasterLayout layout, byte[] row) {
    for (int x = 0; x < page.across; x++) {
      if (rows.isMissing(x)) {
        int from = x * page.segmentWidth;
        layout.fillMissing(row, from, Math.min(page.width, from + page.segmentWidth));
      }
    }
  }
}
