package dev.miniatura.internal.heif;

import dev.miniatura.internal.io.Container;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a file, as its boxes describe it.
 *
 * @param content what it is made of
 * @param placement what of the content is shown, and how it is turned
 * @param colors of its own or of its parts
 * @param alpha the picture's transparency, not placed; null without
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

  /** Returns the name of the file format, as people use it. */
  String formatName() {
    int codec = content.codec();
    return isHevc(codec) ? "HEIC" : isAv1(codec) ? "AVIF" : Container.HEIF.name();
  }

  /** Returns the same of another content. */
  Picture of(Content other) {
    return new Picture(other, placement, colors, alpha, premultiplied);
  }

  /** Returns the picture with what its item says besides. */
  Picture with(Placement placed, Colors named) {
    return new Picture(content, placed, named.or(colors), alpha, premultiplied);
  }

  /** Returns the picture with transparency. */
  Picture with(@Nullable Content transparency, boolean multiplied) {
    return new Picture(content, placement, colors, transparency, multiplied);
  }
}
