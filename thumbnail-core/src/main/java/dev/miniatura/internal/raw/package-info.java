/** Pictures that cameras store in their raw files in addition to the raw data. */
package dev.miniatura.internal.raw;
