package dev.miniatura;

import dev.miniatura.internal.engine.Engine;
import dev.miniatura.internal.io.MemoryBudget;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Makes thumbnails. Immutable and thread-safe: one instance can serve a whole application. Calls
 * share only memory: together they stay within a budget, which is three quarters of the maximum
 * heap for the whole process unless {@linkplain #withMemoryBudget set}.
 *
 * <pre>{@code
 * Thumbnail t = Thumbnailer.create().render(ImageSource.of(path), ThumbnailSpec.fit(256, 256));
 * }</pre>
 *
 * <p>Every error caused by the image is a {@link ThumbnailException}; an {@link IOException} from
 * the source is passed on unchanged.
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
   * Returns a thumbnailer with its own memory budget, shared by all calls to it and to thumbnailers
   * derived from it. The peak memory of a picture is reserved before it is decoded. If that much is
   * not available, the call waits; a picture that needs more than the whole budget is refused with
   * {@link LimitExceededException}.
   *
   * @param bytes maximum number of bytes used at once by all calls together
   * @throws IllegalArgumentException if that is not positive
   */
  public Thumbnailer withMemoryBudget(long bytes) {
    return new Thumbnailer(engine.withBudget(new MemoryBudget(bytes)));
  }

  /**
   * Returns a thumbnailer that shares this one's memory and waits at most that long for enough of
   * it; then the call fails with {@link BusyException}. The default is {@link Limits#time}, which
   * does not include the wait.
   *
   * @param time not negative; zero for no wait
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
   * Returns a thumbnailer that shares this one's memory and decodes a picture with up to this many
   * threads, including the calling one. The default is 1: no call starts a thread, and a server
   * that renders many pictures at once keeps its processors busy anyway. Thumbnails do not depend
   * on the number, but the memory that a call reserves grows with it. When a call returns, no other
   * thread is at work for it; idle ones end after a second. Large baseline JPEGs and the tiles of
   * HEIC and AVIF pictures are decoded in parallel, other pictures by the calling thread; larger
   * JPEG thumbnails are encoded by two threads.
   *
   * @param threads 1 or more
   * @throws IllegalArgumentException if it is less than 1
   */
  public Thumbnailer withParallelism(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("parallelism: " + threads);
    }
    return new Thumbnailer(engine.withThreads(threads));
  }

  /**
   * Renders one thumbnail.
   *
   * @throws MalformedImageException if the source violates its format so far that it cannot be
   *     rendered, or at all if {@linkplain ThumbnailSpec#strict a spec is strict}
   * @throws UnsupportedImageException if its format, or a feature of it, is not supported
   * @throws LimitExceededException if it exceeds a limit, or needs more than the whole memory
   *     budget
   * @throws BusyException if not enough memory is available now
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status
   *     remains set. While a file is read, the exception is a {@link
   *     java.nio.channels.ClosedByInterruptException}
   * @throws IOException if the source fails
   * @throws IllegalStateException if the source is a stream that has already been read
   * @throws NullPointerException if an argument is null
   */
  public Thumbnail render(ImageSource source, ThumbnailSpec spec) throws IOException {
    return renderAll(source, List.of(Objects.requireNonNull(spec, "spec"))).get(0);
  }

  /**
   * Renders several thumbnails from one decode, in the order of the specs. An empty list gives no
   * thumbnails, but the source is decoded nevertheless.
   *
   * @throws MalformedImageException if the source violates its format so far that it cannot be
   *     rendered, or at all if {@linkplain ThumbnailSpec#strict a spec is strict}
   * @throws UnsupportedImageException if its format, or a feature of it, is not supported
   * @throws LimitExceededException if it exceeds a limit, or needs more than the whole memory
   *     budget
   * @throws BusyException if not enough memory is available now
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status
   *     remains set. While a file is read, the exception is a {@link
   *     java.nio.channels.ClosedByInterruptException}
   * @throws IOException if the source fails
   * @throws IllegalStateException if the source is a stream that has already been read
   * @throws NullPointerException if an argument is null
   */
  public List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs)
      throws IOException {
    return engine.renderAll(Objects.requireNonNull(source, "source"), copy(specs));
  }

  /**
   * Renders one thumbnail and returns its pixels instead of encoding them, as {@code TYPE_INT_RGB}
   * or {@code TYPE_INT_ARGB} in sRGB. Format, quality and frames of the spec have no effect.
   *
   * @throws MalformedImageException if the source violates its format so far that it cannot be
   *     rendered, or at all if {@linkplain ThumbnailSpec#strict a spec is strict}
   * @throws UnsupportedImageException if its format, or a feature of it, is not supported
   * @throws LimitExceededException if it exceeds a limit, or needs more than the whole memory
   *     budget
   * @throws BusyException if not enough memory is available now
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status
   *     remains set. While a file is read, the exception is a {@link
   *     java.nio.channels.ClosedByInterruptException}
   * @throws IOException if the source fails
   * @throws IllegalStateException if the source is a stream that has already been read
   * @throws NullPointerException if an argument is null
   */
  public BufferedImage renderImage(ImageSource source, ThumbnailSpec spec) throws IOException {
    Objects.requireNonNull(source, "source");
    return engine.renderImage(source, Objects.requireNonNull(spec, "spec"));
  }

  /**
   * Reads only the header.
   *
   * @throws MalformedImageException if the source violates its format so far that it cannot be
   *     rendered
   * @throws UnsupportedImageException if its format, or a feature of it, is not supported
   * @throws LimitExceededException if it exceeds a limit, or needs more than the whole memory
   *     budget
   * @throws BusyException if not enough memory is available now
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status
   *     remains set. While a file is read, the exception is a {@link
   *     java.nio.channels.ClosedByInterruptException}
   * @throws IOException if the source fails
   * @throws IllegalStateException if the source is a stream that has already been read
   * @throws NullPointerException if {@code source} is null
   */
  public ImageInfo probe(ImageSource source) throws IOException {
    return engine.probe(Objects.requireNonNull(source, "source"));
  }

  /**
   * Plans rendering without decoding: reads only the header, and throws whatever rendering would
   * throw that is already evident from it.
   *
   * @throws MalformedImageException if the source violates its format so far that it cannot be
   *     rendered, or at all if {@linkplain ThumbnailSpec#strict a spec is strict}
   * @throws UnsupportedImageException if its format, or a feature of it, is not supported
   * @throws LimitExceededException if it exceeds a limit, or needs more than the whole memory
   *     budget
   * @throws BusyException if not enough memory is available now
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status
   *     remains set. While a file is read, the exception is a {@link
   *     java.nio.channels.ClosedByInterruptException}
   * @throws IOException if the source fails
   * @throws IllegalStateException if the source is a stream that has already been read
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
