package dev.miniatura;

import dev.miniatura.internal.engine.Engine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Makes thumbnails. Immutable and thread-safe: one instance serves a whole application, and nothing
 * is shared between calls.
 *
 * <pre>{@code
 * Thumbnail t = Thumbnailer.create().render(ImageSource.of(path), ThumbnailSpec.fit(256, 256));
 * }</pre>
 *
 * <p>Every method throws a {@link ThumbnailException} if the image is refused, and passes on the
 * {@link IOException} of the source unchanged if reading fails.
 */
public final class Thumbnailer {

  private final Engine engine;

  private Thumbnailer(Limits limits) {
    engine = new Engine(Objects.requireNonNull(limits, "limits"));
  }

  /** Returns a thumbnailer with the {@linkplain Limits#defaults() default limits}. */
  public static Thumbnailer create() {
    return create(Limits.defaults());
  }

  /** Returns a thumbnailer with the given limits. */
  public static Thumbnailer create(Limits limits) {
    return new Thumbnailer(limits);
  }

  /** Renders one thumbnail. */
  public Thumbnail render(ImageSource source, ThumbnailSpec spec) throws IOException {
    return renderAll(source, List.of(Objects.requireNonNull(spec, "spec"))).get(0);
  }

  /** Renders several thumbnails from one decode, in the order of the specs. */
  public List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs)
      throws IOException {
    return engine.renderAll(Objects.requireNonNull(source, "source"), copy(specs));
  }

  /**
   * Renders one thumbnail and returns its pixels instead of encoding them, as {@code TYPE_INT_RGB}
   * or {@code TYPE_INT_ARGB} in sRGB.
   */
  public BufferedImage renderImage(ImageSource source, ThumbnailSpec spec) throws IOException {
    Objects.requireNonNull(source, "source");
    return engine.renderImage(source, Objects.requireNonNull(spec, "spec"));
  }

  /** Reads the header only. */
  public ImageInfo probe(ImageSource source) throws IOException {
    return engine.probe(Objects.requireNonNull(source, "source"));
  }

  /**
   * Says what rendering would do, from the header only; throws what rendering would throw as far as
   * the header tells, in particular {@link LimitExceededException}.
   */
  public RenderPlan plan(ImageSource source, List<ThumbnailSpec> specs) throws IOException {
    return engine.plan(Objects.requireNonNull(source, "source"), copy(specs));
  }

  private static List<ThumbnailSpec> copy(List<ThumbnailSpec> specs) {
    for (ThumbnailSpec spec : Objects.requireNonNull(specs, "specs")) {
      Objects.requireNonNull(spec, "specs");
    }
    return List.copyOf(specs);
  }
}
