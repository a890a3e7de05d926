/** Zstandard (RFC 8878). */
package dev.miniatura.internal.zstd;
