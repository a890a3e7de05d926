package dev.miniatura.internal.jpeg.decode;

import org.jspecify.annotations.Nullable;

/**
 * One component of a scan that is decoded: its tables as they are when the scan begins, its share
 * of an MCU, and where its data goes.
 *
 * @param target takes what is decoded: a {@link PlaneBand} or a {@link CoefficientPlane}
 * @param dc the code of its DC coefficients; null in a scan that has none
 * @param ac the code of its AC coefficients; null in a scan that has none
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
