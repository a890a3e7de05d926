/**
 * Where the container of HEIF and AVIF meets the decoders of its coded pictures, which may come
 * from another artifact of this project: {@link dev.miniatura.internal.codec.StillPictureCodec} is
 * found by {@link java.util.ServiceLoader}. Exported to modules of this project only, and no API:
 * it changes from one version to the next, so artifacts of one version belong together.
 */
package dev.miniatura.internal.codec;
