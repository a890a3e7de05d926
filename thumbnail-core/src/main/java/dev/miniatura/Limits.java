package dev.miniatura;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on the cost of one image. They are checked against the plan, before memory is allocated,
 * if the header has enough information, and otherwise during decoding.
 *
 * <p>Immutable and thread-safe; methods that change something return a copy.
 *
 * <pre>{@code
 * Limits limits = Limits.defaults().withPixels(50_000_000).withTime(Duration.ofSeconds(10));
 * Thumbnailer careful = Thumbnailer.create(limits);
 * }</pre>
 */
public final class Limits {

  private static final Limits DEFAULTS =
      new Limits(
          1L << 30,
          500_000_000L,
          65_535,
          1_000,
          200,
          100_000_000L,
          512L << 20,
          Duration.ofSeconds(30));

  /** Names one of the bounds. */
  public enum Kind {
    /** Bytes read from the source. */
    SOURCE_BYTES("source bytes"),
    /** Width × height of the source. */
    PIXELS("source pixels"),
    /** Longest side of the source. */
    DIMENSION("source side in pixels"),
    /** Frames of an animation. */
    FRAMES("frames"),
    /** Scans of a progressive JPEG. */
    SCANS("scans"),
    /** Pixels of one thumbnail. */
    RESULT_PIXELS("thumbnail pixels"),
    /** Longest side of one thumbnail; set by its format. */
    RESULT_SIDE("thumbnail side in pixels"),
    /** Memory held while rendering. */
    WORKING_BYTES("working memory in bytes"),
    /** Time, in milliseconds. */
    TIME("time in ms");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private final long sourceBytes;
  private final long pixels;
  private final int dimension;
  private final int frames;
  private final int scans;
  private final long resultPixels;
  private final long workingBytes;
  private final Duration time;

  private Limits(
      long sourceBytes,
      long pixels,
      int dimension,
      int frames,
      int scans,
      long resultPixels,
      long workingBytes,
      Duration time) {
    Objects.requireNonNull(time, "time");
    if (sourceBytes <= 0
        || pixels <= 0
        || dimension <= 0
        || frames <= 0
        || scans <= 0
        || resultPixels <= 0
        || workingBytes <= 0
        || time.isNegative()
        || time.isZero()) {
      throw new IllegalArgumentException("every limit must be positive");
    }
    this.sourceBytes = sourceBytes;
    this.pixels = pixels;
    this.dimension = dimension;
    this.frames = frames;
    this.scans = scans;
    this.resultPixels = resultPixels;
    this.workingBytes = workingBytes;
    this.time = time;
  }

  /**
   * Returns the defaults: 1 GiB of source, 500 megapixels, sides of 65,535 pixels, 1,000 frames,
   * 200 scans, thumbnails of 100 megapixels, 512 MiB of working memory, 30 seconds.
   */
  public static Limits defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy with the bounds given in a text, as used on the command line and in
   * configuration: {@code source-bytes}, {@code pixels}, {@code dimension}, {@code frames}, {@code
   * scans}, {@code result-pixels}, {@code working-bytes} and {@code time}, each followed by a colon
   * and its value, separated by commas. Numbers may end with {@code k}, {@code M} or {@code G}
   * (powers of 1,024 for bytes); times end with {@code ms}, {@code s} or {@code min}. For example
   * {@code pixels:1G,working-bytes:768M,time:60s}.
   *
   * @throws IllegalArgumentException if the text is anything else
   * @throws NullPointerException if {@code text} is null
   */
  public Limits with(String text) {
    return LimitsText.apply(this, Objects.requireNonNull(text, "text"));
  }

  /**
   * Returns a copy with another bound on the source's bytes.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public Limits withSourceBytes(long value) {
    return new Limits(value, pixels, dimension, frames, scans, resultPixels, workingBytes, time);
  }

  /**
   * Returns a copy with another bound on the source's pixels.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public Limits withPixels(long value) {
    return new Limits(
        sourceBytes, value, dimension, frames, scans, resultPixels, workingBytes, time);
  }

  /**
   * Returns a copy with another bound on the source's longest side.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public Limits withDimension(int value) {
    return new Limits(sourceBytes, pixels, value, frames, scans, resultPixels, workingBytes, time);
  }

  /**
   * Returns a copy with another bound on an animation's frames.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public Limits withFrames(int value) {
    return new Limits(
        sourceBytes, pixels, dimension, value, scans, resultPixels, workingBytes, time);
  }

  /**
   * Returns a copy with another bound on a progressive JPEG's scans.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public Limits withScans(int value) {
    return new Limits(
        sourceBytes, pixels, dimension, frames, value, resultPixels, workingBytes, time);
  }

  /**
   * Returns a copy with another bound on a thumbnail's pixels.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public Limits withResultPixels(long value) {
    return new Limits(sourceBytes, pixels, dimension, frames, scans, value, workingBytes, time);
  }

  /**
   * Returns a copy with another bound on working memory, in bytes.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public Limits withWorkingBytes(long value) {
    return new Limits(sourceBytes, pixels, dimension, frames, scans, resultPixels, value, time);
  }

  /**
   * Returns a copy with another bound on time.
   *
   * @throws IllegalArgumentException if the bound is not positive
   * @throws NullPointerException if {@code time} is null
   */
  public Limits withTime(Duration time) {
    return new Limits(
        sourceBytes, pixels, dimension, frames, scans, resultPixels, workingBytes, time);
  }

  /** Returns the maximum number of bytes read from one source. */
  public long sourceBytes() {
    return sourceBytes;
  }

  /** Returns the maximum number of pixels of one frame, width × height. */
  public long pixels() {
    return pixels;
  }

  /** Returns the maximum side of the source, in pixels. */
  public int dimension() {
    return dimension;
  }

  /** Returns the maximum number of frames of an animation. */
  public int frames() {
    return frames;
  }

  /** Returns the maximum number of scans of a progressive JPEG. */
  public int scans() {
    return scans;
  }

  /** Returns the maximum number of pixels of one thumbnail. */
  public long resultPixels() {
    return resultPixels;
  }

  /** Returns the maximum number of bytes held at once while rendering one source. */
  public long workingBytes() {
    return workingBytes;
  }

  /** Returns the maximum time spent on one source. */
  public Duration time() {
    return time;
  }

  @Override
  @SuppressWarnings("exports") // an annotation that callers need not have
  public boolean equals(@Nullable Object other) {
    return other instanceof Limits that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /** Returns all bounds as human-readable text. */
  @Override
  public String toString() {
    return "Limits"
        + "[sourceBytes=%d, pixels=%d, dimension=%d, frames=%d, scans=%d, "
            .formatted(sourceBytes, pixels, dimension, frames, scans)
        + "resultPixels=%d, workingBytes=%d, time=%s]".formatted(resultPixels, workingBytes, time);
  }

  private List<Object> values() {
    return List.of(sourceBytes, pixels, dimension, frames, scans, resultPixels, workingBytes, time);
  }
}
