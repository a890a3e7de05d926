package dev.miniatura.internal.heif;

import dev.miniatura.internal.io.Container;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a file, as described by its boxes.
 *
 * @param content its content
 * @param placement the visible part of the content, and its orientation
 * @param colors its own colors, or those of its parts
 * @param alpha the picture's transparency, not placed; null if there is none
 * @param premultiplied whether colors are multiplied by alpha
 */
record Picture(
    Content content,
    Placement placement,
    Colors colors,
    @Nullable Content alpha,
    boolean premultiplied) {

  private static final int HVC1 = FourCc.of("hvc1");
  private static final int HEV1 = FourCc.of("hev1");
  private static final int AV01 = FourCc.of("av01");

  static boolean isHevc(int codec) {
    return codec == HVC1 || codec == HEV1;
  }

  static boolean isAv1(int codec) {
    return codec == AV01;
  }

  /** Returns the common name of the file format. */
  String formatName() {
    int codec = content.codec();
    return isHevc(codec) ? "HEIC" : isAv1(codec) ? "AVIF" : Container.HEIF.name();
  }

  /** Returns the picture with another content. */
  Picture of(Content other) {
    return new Picture(other, placement, colors, alpha, premultiplied);
  }

  /** Returns the picture with the placement and colors of its item. */
  Picture with(Placement placed, Colors named) {
    return new Picture(content, placed, named.or(colors), alpha, premultiplied);
  }

  /** Returns the picture with transparency. */
  Picture with(@Nullable Content transparency, boolean multiplied) {
    return new Picture(content, placement, colors, transparency, multiplied);
  }
}
