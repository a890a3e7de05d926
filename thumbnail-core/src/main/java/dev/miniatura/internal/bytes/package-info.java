/**
 * Operations on bytes: reading them as numbers, and digests. Depends on nothing, so that every
 * package may use it.
 */
package dev.miniatura.internal.bytes;
