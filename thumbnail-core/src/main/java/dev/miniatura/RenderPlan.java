package dev.miniatura;

import java.util.List;
import java.util.Objects;

/**
 * The plan for rendering a source, made from its header before any pixel is decoded.
 *
 * @param source the information in the header
 * @param decoding how the source will be decoded, as human-readable text, for example {@code idct
 *     size 2, 4, 4}
 * @param outputs the thumbnails, in the order of the requested specs
 * @param peakBytes maximum number of bytes that rendering holds at once, not counting the source's
 *     own bytes if they are already in memory
 */
public record RenderPlan(ImageInfo source, String decoding, List<Output> outputs, long peakBytes) {

  /**
   * One thumbnail of a plan.
   *
   * @param spec the requested spec
   * @param width width in pixels
   * @param height height in pixels
   * @param format its output format
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
