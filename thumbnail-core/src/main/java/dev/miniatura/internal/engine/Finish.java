package dev.miniatura.internal.engine;

import dev.miniatura.ImageInfo;
import dev.miniatura.OutputFormat;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.color.ColorConversion;
import dev.miniatura.internal.color.YCbCr;
import dev.miniatura.internal.gif.GifEncoder;
import dev.miniatura.internal.gif.GifOptions;
import dev.miniatura.internal.imageio.Filters;
import dev.miniatura.internal.jpeg.encode.JpegEncoder;
import dev.miniatura.internal.jpeg.encode.JpegOptions;
import dev.miniatura.internal.png.PngEncoder;
import dev.miniatura.internal.png.PngOptions;
import dev.miniatura.internal.quantize.ColorQuantizer;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Takes a resampled picture to encoded bytes: orientation, color, matte, padding, filters, encoder,
 * all on thumbnail-sized pixels. A JPEG that needs none of it stays in YCbCr from decoder to
 * encoder.
 */
final class Finish {

  private static final int PNG_LEVEL = 6;
  private static final int PALETTE_COLORS = 256;

  private final ColorConversion conversion;
  private final byte @Nullable [] profile;
  private final Notes notes;

  Finish(ColorConversion conversion, byte @Nullable [] profile, Notes notes) {
    this.conversion = conversion;
    this.profile = profile;
    this.notes = notes;
  }

  Thumbnail encode(Raster stored, Rendering rendering, ImageInfo source) {
    ThumbnailSpec spec = rendering.spec();
    boolean ready = isReadyForJpeg(stored, rendering);
    Raster picture = ready ? rendering.orientation().apply(stored) : pixels(stored, rendering);
    byte[] embedded = keepsProfile(stored, spec) ? profile : null;
    byte[] bytes =
        switch (rendering.format()) {
          case JPEG -> JpegEncoder.encode(forJpeg(picture, spec), options(spec, embedded));
          case PNG -> png(picture, spec, new PngOptions(PNG_LEVEL, embedded));
          case GIF -> GifEncoder.encode(picture, GifOptions.DEFAULT);
        };
    return new Thumbnail(
        bytes, picture.width(), picture.height(), rendering.format(), source, notes.list());
  }

  /** Returns the finished picture in GRAY or RGB. */
  Raster pixels(Raster stored, Rendering rendering) {
    ThumbnailSpec spec = rendering.spec();
    ColorConversion colors = keepsProfile(stored, spec) ? ColorConversion.none() : conversion;
    Raster picture = colors.toRgb(rendering.orientation().apply(stored));
    boolean opaque = !rendering.format().alpha();
    if (rendering.placement().isPadded()) {
      picture = Matte.pad(picture, rendering.placement(), spec.matte(), opaque);
    }
    picture = opaque ? withoutAlpha(picture, spec) : picture;
    if (spec.filters().isEmpty()) {
      return picture;
    }
    Raster filtered = Filters.apply(picture, spec.filters()); // which may return alpha of its own
    return opaque ? withoutAlpha(filtered, spec) : filtered;
  }

  private static Raster withoutAlpha(Raster picture, ThumbnailSpec spec) {
    return picture.alpha() ? Matte.flatten(picture, spec.matte().orElse(Matte.WHITE)) : picture;
  }

  /** Ink cannot be kept: no output format of ours is CMYK. */
  private boolean keepsProfile(Raster stored, ThumbnailSpec spec) {
    return spec.keepProfile() && !conversion.isIdentity() && stored.color().channels() < 4;
  }

  private boolean isReadyForJpeg(Raster stored, Rendering rendering) {
    boolean coded = stored.color() == ColorKind.YCBCR || stored.color() == ColorKind.GRAY;
    return rendering.format() == OutputFormat.JPEG
        && coded
        && !stored.alpha()
        && (conversion.isIdentity() || keepsProfile(stored, rendering.spec()))
        && !rendering.placement().isPadded()
        && rendering.spec().filters().isEmpty();
  }

  private static byte[] png(Raster picture, ThumbnailSpec spec, PngOptions options) {
    return spec.palette()
        ? PngEncoder.encode(ColorQuantizer.quantize(picture, PALETTE_COLORS, true), options)
        : PngEncoder.encode(picture, options);
  }

  private static Raster forJpeg(Raster picture, ThumbnailSpec spec) {
    return picture.color() == ColorKind.RGB ? YCbCr.fromRgb(picture, !spec.fullChroma()) : picture;
  }

  private static JpegOptions options(ThumbnailSpec spec, byte @Nullable [] profile) {
    return new JpegOptions(spec.quality(), spec.progressive(), !spec.fullChroma(), profile);
  }
}
