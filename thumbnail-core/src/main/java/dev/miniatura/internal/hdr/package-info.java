/** Radiance HDR. */
package dev.miniatura.internal.hdr;
