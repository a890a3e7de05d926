package dev.miniatura.internal.engine;

import dev.miniatura.ImageInfo;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.color.ColorConversion;
import dev.miniatura.internal.imageio.Filters;
import dev.miniatura.internal.output.Encoder;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.resample.Resampler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a resampled picture to encoded bytes: orientation, color, matte, padding, filters, encoder,
 * all at thumbnail size. A picture that needs none of these stays in YCbCr from decoder to encoder
 * if the encoder accepts that.
 */
final class Finish {

  private final ColorConversion conversion;
  private final byte @Nullable [] profile;
  private final Notes notes;

  Finish(ColorConversion conversion, byte @Nullable [] profile, Notes notes) {
    this.conversion = conversion;
    this.profile = profile;
    this.notes = notes;
  }

  /**
   * Returns the maximum number of bytes held at once from a resampled picture to the encoded one,
   * both profiles included, the resampled picture not.
   *
   * @param layout of what is resampled
   */
  static long workingBytes(RasterLayout layout, ColorConversion conversion, Rendering rendering) {
    Placement placement = rendering.placement();
    ThumbnailSpec spec = rendering.spec();
    Encoder encoder = rendering.encoder();
    int width = placement.canvasWidth();
    int height = placement.canvasHeight();
    boolean keeps = keepsProfile(layout.color(), conversion, rendering);
    byte[] profile = layout.iccProfile();
    long profiles = profile == null ? 0 : (keeps ? 3L : 1L) * profile.length;
    boolean transparent =
        encoder.alpha() && (layout.alpha() || placement.isPadded() || !spec.filters().isEmpty());
    long encoding = encoder.workingBytes(width, height, transparent, spec) + profiles;
    boolean oriented = !rendering.orientation().isIdentity();
    if (isReady(layout.color(), layout.alpha(), conversion, rendering)) {
      return encoding
          + (oriented ? Resampler.resultBytes(layout, rendering.sampling().target()) : 0);
    }
    ColorConversion colors = keeps ? conversion.withoutProfile() : conversion;
    int alpha = layout.alpha() ? 1 : 0;
    int channels = colors.channelsCreated(layout.color());
    channels += channels > 0 ? alpha : 0;
    int last = colors.target(layout.color()).channels() + alpha;
    channels += oriented ? last : 0;
    int onCanvas = placement.isPadded() ? 2 : 0; // in color, and on the canvas
    onCanvas += layout.alpha() && !encoder.alpha() ? 2 : 0; // in color, and flattened
    onCanvas += spec.filters().isEmpty() ? 0 : 4; // to, between and from filters, and flattened
    long pixels = (long) placement.width() * placement.height();
    long canvas = 4L * width * height;
    long created = channels * pixels + onCanvas * canvas;
    long finished = onCanvas > 0 ? canvas : channels > 0 ? last * pixels : 0;
    return Math.max(created + profiles, finished + encoding);
  }

  Thumbnail encode(Raster stored, Rendering rendering, ImageInfo source, int threads) {
    boolean ready = isReady(stored.color(), stored.alpha(), conversion, rendering);
    Raster picture = ready ? rendering.orientation().apply(stored) : pixels(stored, rendering);
    byte[] bytes =
        rendering.encoder().encode(picture, rendering.spec(), embedded(stored, rendering), threads);
    return new Thumbnail(
        bytes, picture.width(), picture.height(), rendering.format(), source, notes.list());
  }

  /** Returns the profile to embed in the file, if any. */
  Optional<byte[]> embedded(Raster stored, Rendering rendering) {
    return keepsProfile(stored.color(), conversion, rendering)
        ? Optional.ofNullable(profile)
        : Optional.empty();
  }

  /** Returns the finished picture in GRAY or RGB. */
  Raster pixels(Raster stored, Rendering rendering) {
    ThumbnailSpec spec = rendering.spec();
    ColorConversion colors =
        keepsProfile(stored.color(), conversion, rendering)
            ? conversion.withoutProfile()
            : conversion;
    Orientation orientation = rendering.orientation();
    Raster picture =
        stored.chromaHalved() // whose interpolation depends on the direction
            ? colors.toRgb(orientation.apply(stored))
            : orientation.apply(colors.toRgb(stored)); // of fewer channels, without remainders
    boolean opaque = !rendering.encoder().alpha();
    if (rendering.placement().isPadded()) {
      picture = Matte.pad(picture, rendering.placement(), spec.matte(), opaque);
    }
    picture = opaque ? withoutAlpha(picture, spec) : picture;
    if (spec.filters().isEmpty()) {
      return picture;
    }
    Raster filtered = Filters.apply(picture, spec.filters()); // which may add alpha
    return opaque ? withoutAlpha(filtered, spec) : filtered;
  }

  private static Raster withoutAlpha(Raster picture, ThumbnailSpec spec) {
    return picture.alpha() ? Matte.flatten(picture, spec.matte().orElse(Matte.WHITE)) : picture;
  }

  /**
   * Returns whether an embedded profile is kept. CMYK never is, since no output format supports it.
   */
  private static boolean keepsProfile(
      ColorKind color, ColorConversion conversion, Rendering rendering) {
    return rendering.spec().keepProfile()
        && rendering.encoder().profile()
        && !conversion.isIdentity()
        && color.channels() < 4;
  }

  private static boolean isReady(
      ColorKind color, boolean alpha, ColorConversion conversion, Rendering rendering) {
    boolean coded = color == ColorKind.YCBCR || color == ColorKind.GRAY;
    return rendering.encoder().takesYCbCr(rendering.spec())
        && coded
        && !alpha
        && conversion.isCodedAsJfif()
        && (conversion.isIdentity() || keepsProfile(color, conversion, rendering))
        && !rendering.placement().isPadded()
        && rendering.spec().filters().isEmpty();
  }
}
