package dev.miniatura.internal.engine;

import dev.miniatura.ImageInfo;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.color.ColorConversion;
import dev.miniatura.internal.imageio.Filters;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
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

  Thumbnail encode(Raster stored, Rendering rendering, ImageInfo source) {
    boolean ready = isReady(stored, rendering);
    Raster picture = ready ? rendering.orientation().apply(stored) : pixels(stored, rendering);
    byte[] bytes =
        rendering.encoder().encode(picture, rendering.spec(), embedded(stored, rendering));
    return new Thumbnail(
        bytes, picture.width(), picture.height(), rendering.format(), source, notes.list());
  }

  /** Returns the profile to embed in the file, if any. */
  Optional<byte[]> embedded(Raster stored, Rendering rendering) {
    return keepsProfile(stored, rendering) ? Optional.ofNullable(profile) : Optional.empty();
  }

  /** Returns the finished picture in GRAY or RGB. */
  Raster pixels(Raster stored, Rendering rendering) {
    ThumbnailSpec spec = rendering.spec();
    ColorConversion colors =
        keepsProfile(stored, rendering) ? conversion.withoutProfile() : conversion;
    Raster picture = colors.toRgb(rendering.orientation().apply(stored));
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
  private boolean keepsProfile(Raster stored, Rendering rendering) {
    return rendering.spec().keepProfile()
        && rendering.encoder().profile()
        && !conversion.isIdentity()
        && stored.color().channels() < 4;
  }

  private boolean isReady(Raster stored, Rendering rendering) {
    boolean coded = stored.color() == ColorKind.YCBCR || stored.color() == ColorKind.GRAY;
    return rendering.encoder().takesYCbCr(rendering.spec())
        && coded
        && !stored.alpha()
        && conversion.isCodedAsJfif()
        && (conversion.isIdentity() || keepsProfile(stored, rendering))
        && !rendering.placement().isPadded()
        && rendering.spec().filters().isEmpty();
  }
}
