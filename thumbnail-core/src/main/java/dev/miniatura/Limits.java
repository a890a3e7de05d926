package dev.miniatura;

import java.time.Duration;
import java.util.Objects;

/**
 * Bounds on what one image may cost. They are checked against the plan, before memory is allocated,
 * wherever the header tells enough, and while decoding otherwise.
 *
 * @param sourceBytes most bytes read from one source
 * @param pixels most pixels of one frame, width × height
 * @param dimension longest side of the source, in pixels
 * @param frames most frames of an animation that are rendered
 * @param scans most scans of a progressive JPEG
 * @param resultPixels most pixels of one thumbnail
 * @param workingBytes most bytes of memory held at once while rendering one source
 * @param time longest time spent on one source
 */
public record Limits(
    long sourceBytes,
    long pixels,
    int dimension,
    int frames,
    int scans,
    long resultPixels,
    long workingBytes,
    Duration time) {

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
    /** Time spent, in milliseconds. */
    TIME("time in ms");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Checks that every bound is positive. */
  public Limits {
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
  }

  /**
   * Returns the defaults: 1 GiB of source, 500 megapixels, sides of 65,535 pixels, 1,000 frames,
   * 200 scans, thumbnails of 100 megapixels, 512 MiB of working memory, 30 seconds.
   */
  public static Limits defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with another bound on the source's bytes. */
  public Limits withSourceBytes(long value) {
    return new Limits(value, pixels, dimension, frames, scans, resultPixels, workingBytes, time);
  }

  /** Returns a copy with another bound on the source's pixels. */
  public Limits withPixels(long value) {
    return new Limits(
        sourceBytes, value, dimension, frames, scans, resultPixels, workingBytes, time);
  }

  /** Returns a copy with another bound on the source's longest side. */
  public Limits withDimension(int value) {
    return new Limits(sourceBytes, pixels, value, frames, scans, resultPixels, workingBytes, time);
  }

  /** Returns a copy with another bound on an animation's frames. */
  public Limits withFrames(int value) {
    return new Limits(
        sourceBytes, pixels, dimension, value, scans, resultPixels, workingBytes, time);
  }

  /** Returns a copy with another bound on a progressive JPEG's scans. */
  public Limits withScans(int value) {
    return new Limits(
        sourceBytes, pixels, dimension, frames, value, resultPixels, workingBytes, time);
  }

  /** Returns a copy with another bound on a thumbnail's pixels. */
  public Limits withResultPixels(long value) {
    return new Limits(sourceBytes, pixels, dimension, frames, scans, value, workingBytes, time);
  }

  /** Returns a copy with another bound on working memory, in bytes. */
  public Limits withWorkingBytes(long value) {
    return new Limits(sourceBytes, pixels, dimension, frames, scans, resultPixels, value, time);
  }

  /** Returns a copy with another bound on time. */
  public Limits withTime(Duration time) {
    return new Limits(
        sourceBytes, pixels, dimension, frames, scans, resultPixels, workingBytes, time);
  }
}
