package dev.miniatura.internal.raw;

import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.tiff.Directory;
import java.util.List;

/**
 * What a camera's raw file has besides its raw data.
 *
 * @param format the file's format, for example {@code NEF}
 * @param orientation of its pictures, 1 to 8, as EXIF has it; 0 if only they say
 * @param adobeRgb whether the camera was set to Adobe RGB
 * @param previews JPEGs, as far as the file has them
 * @param pages other pictures, of which some TIFF based files have but small ones
 */
record RawFile(
    String format,
    int orientation,
    Camera camera,
    boolean adobeRgb,
    List<Preview> previews,
    List<Directory> pages) {}
