package dev.miniatura.internal.heif;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.heif.Content.Tiles;
import dev.miniatura.internal.heif.PictureColors.Coding;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes a picture of coded items, including its alpha, to rows of its visible part. */
final class PictureDecoding {

  private final Picture picture;
  private final Placement placement; // in the decoded picture
  private final TileDecoding tiles;
  private final @Nullable TileDecoding alpha;
  private final PictureColors colors;
  private final boolean interleaved;

  private PictureDecoding(
      Picture picture,
      Placement placement,
      TileDecoding tiles,
      @Nullable TileDecoding alpha,
      PictureColors colors,
      boolean interleaved) {
    this.picture = picture;
    this.placement = placement;
    this.tiles = tiles;
    this.alpha = alpha;
    this.colors = colors;
    this.interleaved = interleaved;
  }

  /**
   * Reads the headers of coded items.
   *
   * @param content the picture's content
   * @param interleaved whether all channels must come in one plane
   */
  static PictureDecoding open(
      HeifFile file, Picture picture, Tiles content, boolean interleaved, Allowance allowance)
      throws IOException {
    TileDecoding tiles = TileDecoding.open(file, content, allowance);
    TileDecoding alpha = null;
    if (picture.alpha() instanceof Tiles alphaContent) {
      alpha = TileDecoding.open(file, alphaContent, allowance);
    } else if (picture.alpha() != null) {
      throw new UnsupportedImageException("HEIF: overlay as alpha");
    }
    PictureFormat format = tiles.format();
    PictureColors colors = PictureColors.of(picture.colors(), format);
    Placement placement =
        tiles.isReduced()
            ? picture
                .placement()
                .scaled(content.width(), content.height(), tiles.width(), tiles.height())
            : picture.placement();
    boolean cutsChroma =
        format.components() > 1
            && ((placement.left() & ((1 << format.shiftX()) - 1)) != 0
                || (placement.top() & ((1 << format.shiftY()) - 1)) != 0);
    return new PictureDecoding(
        picture,
        placement,
        tiles,
        alpha,
        colors,
        interleaved || alpha != null || cutsChroma || colors.coding() == Coding.YCGCO);
  }

  /** Returns the layout that will be delivered. */
  RasterLayout layout() {
    RasterLayout rows = layoutOfRows();
    Placement whole = picture.placement();
    return tiles.isReduced() ? rows.of(whole.codedWidth(), whole.codedHeight()) : rows;
  }

  private RasterLayout layoutOfRows() {
    boolean gray = colors.coding() == Coding.GRAY;
    if (interleaved) {
      return RasterLayout.interleaved(
          placement.codedWidth(),
          placement.codedHeight(),
          gray ? ColorKind.GRAY : ColorKind.RGB,
          alpha != null,
          colors.profile());
    }
    ColorKind kind =
        gray ? ColorKind.GRAY : colors.coding() == Coding.YCBCR ? ColorKind.YCBCR : ColorKind.RGB;
    return PlanarRows.layout(placement, tiles.format(), kind, colors.profile(), colors.weights());
  }

  /** Returns the maximum number of bytes that decoding holds. */
  long workingBytes(boolean filters) throws IOException {
    long bytes = tiles.workingBytes(filters);
    TileDecoding transparency = alpha;
    if (transparency != null) {
      bytes += AlphaPlane.workingBytes(transparency, filters);
    }
    byte[] profile = colors.profile();
    return bytes
        + (interleaved ? InterleavedRows.workingBytes(tiles.width()) : 0)
        + (profile == null ? 0 : profile.length);
  }

  /** Notes which layers of the colors are left out, if any. */
  void note(String format, Notes notes) {
    if (tiles.isReduced()) {
      notes.add(
          format,
          "layers beyond the lowest are inter frames",
          "the lowest is shown, of %d x %d".formatted(tiles.width(), tiles.height()));
    } else if (tiles.isLowestLayer()) {
      notes.add(format, "layers beyond the lowest are inter frames", "not shown");
    }
  }

  /** Returns whether a less detailed picture stands for this one. */
  boolean isReduced() {
    return tiles.isReduced();
  }

  /**
   * Decodes the picture.
   *
   * @param wanted the wanted area of the coded picture
   */
  void decode(boolean filters, PictureArea wanted, RowSink sink) throws IOException {
    PictureFormat format = tiles.format();
    boolean rgb = colors.coding() == Coding.IDENTITY;
    TileDecoding transparency = alpha;
    AlphaPlane plane =
        transparency == null
            ? null
            : AlphaPlane.decode(
                transparency, isAlphaFull(transparency), filters, tiles.width(), tiles.height());
    ComponentRows rows =
        interleaved
            ? new InterleavedRows(
                sink, tiles.width(), placement, format, colors, plane, picture.premultiplied())
            : new PlanarRows(sink, placement, format, rgb);
    SampleRange range = SampleRange.of(format, colors.fullRange(), rgb);
    tiles.decode(filters, tiles.isReduced() ? PictureArea.WHOLE : wanted, range, rows);
  }

  /**
   * Returns whether alpha uses the full range. AV1 signals the range; writers of HEVC do not, and
   * use all values.
   */
  private boolean isAlphaFull(TileDecoding transparency) {
    return Picture.isHevc(picture.content().codec()) || transparency.format().color().fullRange();
  }
}
