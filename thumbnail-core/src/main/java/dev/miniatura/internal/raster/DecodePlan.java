package dev.miniatura.internal.raster;

/**
 * How a decoder will deliver an image.
 *
 * @param layout the planes it will push; a decoder that learns the channels only while decoding
 *     promises the sizes, and {@link RowSink#begin} has the last word
 * @param workingBytes most bytes of memory the decoder holds at once, its tables and buffers
 *     included; the planes themselves are not stored unless the decoder has to
 * @param description the decoder's choice in a few words, for example {@code luma 1/8, chroma 2/8}
 */
public record DecodePlan(RasterLayout layout, long workingBytes, String description) {}
