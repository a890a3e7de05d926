package dev.miniatura.internal.raw;

/**
 * A JPEG in a raw file.
 *
 * @param start position in the file of its SOI marker
 * @param end position after its last byte, as the file says
 * @param colors what the file says of the colors of this picture alone
 */
record Preview(long start, long end, ColorSetting colors) {}
