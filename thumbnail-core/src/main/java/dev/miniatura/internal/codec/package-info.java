/**
 * The interface between the container of HEIF and AVIF and the decoders of its coded pictures,
 * which may come from another artifact of this project: {@link
 * dev.miniatura.internal.codec.StillPictureCodec} is found by {@link java.util.ServiceLoader}.
 * Exported only to modules of this project, and not API: it may change from one version to the
 * next, so artifacts must have the same version.
 */
package dev.miniatura.internal.codec;
