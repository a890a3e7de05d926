/**
 * The JPEG decoder, from the outside in:
 *
 * <ul>
 *   <li>{@code JpegDecoder} plans: {@code ShrinkOnLoad} chooses each component's idctSize, and a
 *       {@code ComponentPlan} holds the decisions.
 *   <li>{@code SegmentReader} reads marker segments (T.81, B.2) into {@code FrameHeader}, {@code
 *       ScanHeader}, tables and {@code ApplicationData}.
 *   <li>{@code SequentialFrame} or {@code ProgressiveFrame} processes the scans, {@code
 *       ScanDecoder} the MCUs and restart intervals of one scan, even if damaged.
 *   <li>{@code BlockReader} and {@code MeanReader} are the hot loops of sequential scans, on the
 *       state of an {@code EntropyReader} and the tables of {@code HuffmanDecoder}; progressive
 *       scans gather coefficients in a {@code CoefficientPlane}.
 *   <li>{@code IdctBatch} and the {@code Idct} of its size turn coefficients into samples, and
 *       {@code PlaneBand} hands them on, row by row.
 * </ul>
 */
package dev.miniatura.internal.jpeg.decode;
