package dev.miniatura;

import java.util.List;
import java.util.Objects;

/**
 * What rendering a source will do, worked out from its header before any pixel is decoded.
 *
 * @param source what the header says
 * @param decoding how the source will be decoded, in words, for example {@code luma 1/8, chroma
 *     2/8}
 * @param outputs the thumbnails, in the order of the specs asked for
 * @param peakBytes most bytes of memory that rendering holds at once, beyond the source's own bytes
 *     if those are in memory already
 */
public record RenderPlan(ImageInfo source, String decoding, List<Output> outputs, long peakBytes) {

  /**
   * One thumbnail of a plan.
   *
   * @param spec what was asked for
   * @param width width in pixels
   * @param height height in pixels
   * @param format the format it will be written in
   */
  public record Output(ThumbnailSpec spec, int width, int height, OutputFormat format) {

    /**
     * Refuses nulls.
     *
     * @throws NullPointerException if a component is null
     */
    public Output {
      Objects.requireNonNull(spec, "spec");
      Objects.requireNonNull(format, "format");
    }
  }

  /**
   * Makes the list unmodifiable.
   *
   * @throws NullPointerException if a component is null
   */
  public RenderPlan {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(decoding, "decoding");
    outputs = List.copyOf(Objects.requireNonNull(outputs, "outputs"));
  }
}
