package dev.miniatura.internal.codec;

/**
 * The properties of a coded picture that are known before it is decoded.
 *
 * @param format the format of its samples
 * @param workingBytes the maximum number of bytes that decoding holds, in addition to the item's
 *     own, which it may copy
 * @param unfilteredWorkingBytes the same without filters, see {@link PictureOptions}
 */
public record PictureHeader(PictureFormat format, long workingBytes, long unfilteredWorkingBytes) {}
