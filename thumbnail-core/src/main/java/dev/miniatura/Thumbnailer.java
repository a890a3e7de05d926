package dev.miniatura;

import dev.miniatura.internal.engine.Engine;
import dev.miniatura.internal.io.MemoryBudget;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Makes thumbnails. Immutable and thread-safe: one instance serves a whole application. All that
 * calls share is memory: together they take no more than a budget, which is three quarters of the
 * largest heap for the whole process unless {@linkplain #withMemoryBudget set}.
 *
 * <pre>{@code
 * Thumbnail t = Thumbnailer.create().render(ImageSource.of(path), ThumbnailSpec.fit(256, 256));
 * }</pre>
 *
 * <p>Whatever is thrown because of the image is a {@link ThumbnailException}; an {@link
 * IOException} of the source is passed on unchanged.
 */
public final class Thumbnailer {

  private final Engine engine;

  private Thumbnailer(Engine engine) {
    this.engine = engine;
  }

  /** Returns a thumbnailer with the {@linkplain Limits#defaults() default limits}. */
  public static Thumbnailer create() {
    return create(Limits.defaults());
  }

  /**
   * Returns a thumbnailer with the given limits.
   *
   * @throws NullPointerException if {@code limits} is null
   */
  public static Thumbnailer create(Limits limits) {
    return new Thumbnailer(Engine.of(Objects.requireNonNull(limits, "limits"), ImageInfo::new));
  }

  /**
   * Returns a thumbnailer with a memory budget of its own, shared by all calls of it and of those
   * made from it. What a picture takes at its peak is reserved before it is decoded. If that is not
   * free, the call waits; a picture that takes more than the whole budget is refused with {@link
   * LimitExceededException}.
   *
   * @param bytes most bytes of memory taken at once by all calls together
   * @throws IllegalArgumentException if that is not positive
   */
  public Thumbnailer withMemoryBudget(long bytes) {
    return new Thumbnailer(engine.withBudget(new MemoryBudget(bytes)));
  }

  /**
   * Returns a thumbnailer that shares this one's memory, and waits that long until enough of it is
   * free; then the call ends in {@link BusyException}. Otherwise it is as long as {@link
   * Limits#time}, which does not count the waiting.
   *
   * @param time not negative; zero for not at all
   * @throws IllegalArgumentException if it is negative
   * @throws NullPointerException if {@code time} is null
   */
  public Thumbnailer withMaxWait(Duration time) {
    if (Objects.requireNonNull(time, "time").isNegative()) {
      throw new IllegalArgumentException("maxWait: " + time);
    }
    return new Thumbnailer(engine.withMaxWait(time));
  }

  /**
   * Renders one thumbnail.
   *
   * @throws MalformedImageException if the source breaks the rules of its format beyond what can be
   *     rendered, or at all if {@linkplain ThumbnailSpec#strict a spec is strict}
   * @throws UnsupportedImageException if its format, or a feature of it, is not rendered
   * @throws LimitExceededException if it exceeds a limit, or takes more than the whole memory
   *     budget
   * @throws BusyException if there is not enough memory now
   * @throws java.io.InterruptedIOException if the thread is interrupted; it stays so. While a file
   *     is read it is a {@link java.nio.channels.ClosedByInterruptException}
   * @throws IOException what the source reports
   * @throws IllegalStateException if the source is a stream that was read before
   * @throws NullPointerException if an argument is null
   */
  public Thumbnail render(ImageSource source, ThumbnailSpec spec) throws IOException {
    return renderAll(source, List.of(Objects.requireNonNull(spec, "spec"))).get(0);
  }

  /**
   * Renders several thumbnails from one decode, in the order of the specs. No specs give no
   * thumbnails, but the source is decoded all the same.
   *
   * @throws MalformedImageException if the source breaks the rules of its format beyond what can be
   *     rendered, or at all if {@linkplain ThumbnailSpec#strict a spec is strict}
   * @throws UnsupportedImageException if its format, or a feature of it, is not rendered
   * @throws LimitExceededException if it exceeds a limit, or takes more than the whole memory
   *     budget
   * @throws BusyException if there is not enough memory now
   * @throws java.io.InterruptedIOException if the thread is interrupted; it stays so. While a file
   *     is read it is a {@link java.nio.channels.ClosedByInterruptException}
   * @throws IOException what the source reports
   * @throws IllegalStateException if the source is a stream that was read before
   * @throws NullPointerException if an argument is null
   */
  public List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs)
      throws IOException {
    return engine.renderAll(Objects.requireNonNull(source, "source"), copy(specs));
  }

  /**
   * Renders one thumbnail and returns its pixels instead of encoding them, as {@code TYPE_INT_RGB}
   * or {@code TYPE_INT_ARGB} in sRGB. What a spec says of format, quality and frames has no effect.
   *
   * @throws MalformedImageException if the source breaks the rules of its format beyond what can be
   *     rendered, or at all if {@linkplain ThumbnailSpec#strict a spec is strict}
   * @throws UnsupportedImageException if its format, or a feature of it, is not rendered
   * @throws LimitExceededException if it exceeds a limit, or takes more than the whole memory
   *     budget
   * @throws BusyException if there is not enough memory now
   * @throws java.io.InterruptedIOException if the thread is interrupted; it stays so. While a file
   *     is read it is a {@link java.nio.channels.ClosedByInterruptException}
   * @throws IOException what the source reports
   * @throws IllegalStateException if the source is a stream that was read before
   * @throws NullPointerException if an argument is null
   */
  public BufferedImage renderImage(ImageSource source, ThumbnailSpec spec) throws IOException {
    Objects.requireNonNull(source, "source");
    return engine.renderImage(source, Objects.requireNonNull(spec, "spec"));
  }

  /**
   * Reads the header only.
   *
   * @throws MalformedImageException if the source breaks the rules of its format beyond what can be
   *     rendered
   * @throws UnsupportedImageException if its format, or a feature of it, is not rendered
   * @throws LimitExceededException if it exceeds a limit, or takes more than the whole memory
   *     budget
   * @throws BusyException if there is not enough memory now
   * @throws java.io.InterruptedIOException if the thread is interrupted; it stays so. While a file
   *     is read it is a {@link java.nio.channels.ClosedByInterruptException}
   * @throws IOException what the source reports
   * @throws IllegalStateException if the source is a stream that was read before
   * @throws NullPointerException if {@code source} is null
   */
  public ImageInfo probe(ImageSource source) throws IOException {
    return engine.probe(Objects.requireNonNull(source, "source"));
  }

  /**
   * Plans rendering without decoding: reads the header only, and throws what rendering would throw
   * as far as the header tells.
   *
   * @throws MalformedImageException if the source breaks the rules of its format beyond what can be
   *     rendered, or at all if {@linkplain ThumbnailSpec#strict a spec is strict}
   * @throws UnsupportedImageException if its format, or a feature of it, is not rendered
   * @throws LimitExceededException if it exceeds a limit, or takes more than the whole memory
   *     budget
   * @throws BusyException if there is not enough memory now
   * @throws java.io.InterruptedIOException if the thread is interrupted; it stays so. While a file
   *     is read it is a {@link java.nio.channels.ClosedByInterruptException}
   * @throws IOException what the source reports
   * @throws IllegalStateException if the source is a stream that was read before
   * @throws NullPointerException if an argument is null
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
