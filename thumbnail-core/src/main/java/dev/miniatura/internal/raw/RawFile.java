package dev.miniatura.internal.raw;

import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.tiff.Directory;
import java.util.List;

/**
 * The content of a camera's raw file except its raw data.
 *
 * @param format the file's format, for example {@code NEF}
 * @param orientation orientation of its pictures, 1 to 8, as in EXIF; 0 if only the pictures have
 *     one
 * @param adobeRgb whether the camera was set to Adobe RGB
 * @param previews the JPEGs in the file
 * @param pages other pictures; some TIFF-based files have only small ones
 */
record RawFile(
    String format,
    int orientation,
    Camera camera,
    boolean adobeRgb,
    List<Preview> previews,
    List<Directory> pages) {}
