/** Bytes as such: seen as numbers, and digested. Depends on nothing, so that all may use it. */
package dev.miniatura.internal.bytes;
