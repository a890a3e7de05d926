package dev.miniatura.internal.raw;

/**
 * A JPEG in a raw file.
 *
 * @param start position in the file of its SOI marker
 * @param end position after its last byte, according to the file
 * @param colors the color space that the file gives for this picture alone
 */
record Preview(long start, long end, ColorSetting colors) {}
