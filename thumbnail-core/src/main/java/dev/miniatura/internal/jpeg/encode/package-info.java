/**
 * The JPEG encoder: {@code QuantizedComponent} transforms ({@code ForwardDct}) and quantizes a
 * plane, each {@code EncoderScan} puts the content of a scan into {@code EncoderSymbols}, {@code
 * HuffmanEncoder} makes the code for just those symbols, and {@code EntropyWriter} packs them.
 */
package dev.miniatura.internal.jpeg.encode;
