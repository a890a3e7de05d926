package dev.miniatura.internal.codec;

/**
 * What is known of a coded picture before it is decoded.
 *
 * @param format its samples
 * @param workingBytes most bytes that decoding holds, besides the item's own, of which it may make
 *     a copy
 * @param unfilteredWorkingBytes the same without filters, see {@link PictureOptions}
 */
public record PictureHeader(PictureFormat format, long workingBytes, long unfilteredWorkingBytes) {}
