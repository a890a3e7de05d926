package dev.miniatura.internal.heif;

import dev.miniatura.Limits;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.heif.Content.Overlay;
import dev.miniatura.internal.heif.Content.Tiles;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Plane;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes the picture of a HEIF file, including HEIC and AVIF. */
public final class HeifDecoder implements ImageDecoder {

  /**
   * The factor of reduction from which in-loop filters are skipped: then they change no sample by
   * more than two levels.
   */
  private static final double UNFILTERED_RATIO = 4;

  private final HeifFile file;
  private final Picture picture;
  private final ImageHeader header;
  private final Allowance allowance;
  private PictureArea wanted = PictureArea.WHOLE;
  private @Nullable PictureDecoding tiles;

  private HeifDecoder(HeifFile file, Picture picture, ImageHeader header, Allowance allowance) {
    this.file = file;
    this.picture = picture;
    this.header = header;
    this.allowance = allowance;
  }

  /**
   * Reads the boxes of a file.
   *
   * @param threads how many may decode tiles at once
   */
  public static ImageDecoder open(SourceBytes bytes, Deadline deadline, Limits limits, int threads)
      throws IOException {
    HeifFile file = HeifFile.read(bytes);
    Picture picture = PictureReader.read(file);
    ImageHeader header = HeifInfo.of(file, picture);
    Allowance allowance = new Allowance(limits, deadline, threads);
    HeifDecoder still = new HeifDecoder(file, picture, header, allowance);
    Track track = file.pictures();
    return header.frames() == 1 || track == null
        ? still
        : new SequenceDecoder(file, track, picture, still, allowance);
  }

  @Override
  public ImageHeader header() {
    return header;
  }

  @Override
  public void wanted(int left, int top, int right, int bottom) {
    wanted = new PictureArea(left, top, right, bottom);
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    boolean filters = isSeen(targetWidth, targetHeight, header.width(), header.height());
    if (picture.content() instanceof Overlay overlay) {
      OverlayDecoding canvas = OverlayDecoding.open(file, picture, overlay, allowance);
      return DecodePlan.of(
          canvas.layout(),
          canvas.workingBytes(filters) + held(),
          "overlay, " + description(filters),
          (sink, notes) -> canvas.decode(filters, sink));
    }
    PictureDecoding decoding = tiles();
    Plane luma = decoding.layout().planes().get(0);
    boolean filtered = isSeen(targetWidth, targetHeight, luma.width(), luma.height());
    PictureArea area = inCoded(wanted);
    return DecodePlan.of(
        decoding.layout(),
        decoding.workingBytes(filtered) + held(),
        description(filtered),
        (sink, notes) -> {
          decoding.note(header.format(), notes);
          sink.begin(decoding.layout());
          decoding.decode(filtered, area, sink);
        });
  }

  private static boolean isSeen(double targetWidth, double targetHeight, int width, int height) {
    return targetWidth * UNFILTERED_RATIO > width || targetHeight * UNFILTERED_RATIO > height;
  }

  private static String description(boolean filters) {
    return filters ? "exact" : "without in-loop filters";
  }

  private PictureDecoding tiles() throws IOException {
    PictureDecoding decoding = tiles;
    if (decoding == null) {
      Tiles content = (Tiles) picture.content();
      decoding = PictureDecoding.open(file, picture, content, false, allowance);
      tiles = decoding;
    }
    return decoding;
  }

  private PictureArea inCoded(PictureArea shown) {
    Placement placement = picture.placement();
    int left = placement.left() + Math.min(shown.left(), placement.codedWidth() - 1);
    int top = placement.top() + Math.min(shown.top(), placement.codedHeight() - 1);
    return new PictureArea(
        left,
        top,
        placement.left() + Math.min(shown.right(), placement.codedWidth()),
        placement.top() + Math.min(shown.bottom(), placement.codedHeight()));
  }

  /** Returns the bytes of memory that the file takes. */
  long held() throws IOException {
    Items items = file.items;
    return file.bytes.heldBytes() + (items == null ? 0 : items.heldBytes());
  }

  @Override
  public long heldOfSource() throws IOException {
    return file.bytes.heldBytes();
  }
}
