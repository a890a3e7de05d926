/** Pictures that cameras put into their raw files beside the raw data. */
package dev.miniatura.internal.raw;
