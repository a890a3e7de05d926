package dev.miniatura.internal.jpeg.decode;

import org.jspecify.annotations.Nullable;

/**
 * One component of a scan being decoded: its tables at the start of the scan, its share of an MCU,
 * and the destination of its data.
 *
 * @param target receives the decoded data: a {@link PlaneBand} or a {@link CoefficientPlane}
 * @param dc the code of its DC coefficients; null in a scan without any
 * @param ac the code of its AC coefficients; null in a scan without any
 * @param quantization its quantization table, in zigzag order
 * @param h blocks per MCU side by side
 * @param v rows of blocks per MCU
 */
record ScanComponent<T>(
    T target,
    @Nullable HuffmanDecoder dc,
    @Nullable HuffmanDecoder ac,
    @SuppressWarnings("ArrayRecordComponent") int[] quantization,
    int h,
    int v) {}
