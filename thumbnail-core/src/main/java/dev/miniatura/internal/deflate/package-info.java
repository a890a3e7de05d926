/** Compresses with DEFLATE (RFC 1951, RFC 1950). */
package dev.miniatura.internal.deflate;
