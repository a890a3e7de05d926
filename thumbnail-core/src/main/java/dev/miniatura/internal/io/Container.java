package dev.miniatura.internal.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.MalformedImageException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file formats that are read, in the order in which their signatures are tested. Only the first
 * bytes of a file count, never its name.
 */
public enum Container {
  JPEG("\\xff\\xd8"),
  PNG("\\x89PNG\\r\\n\\x1a\\n"),
  GIF("GIF8[79]a"),
  WEBP("RIFF.{4}WEBPVP8[ LX]"),

  /** Canon's third kind of raw files, which are ISO media files too. */
  CR3(".{4}ftypcrx "),

  /** HEIC, AVIF and their relatives; other ISO media files are distinguished by their brands. */
  HEIF(".{4}ftyp"),
  /** In any order of bytes, for some writers err. */
  TIFF("(II|MM)(\\*\\x00|\\x00\\*)"),
  BIGTIFF("II\\+\\x00|MM\\x00\\+"),
  ORF("IIR[OS]|MMOR"),
  RW2("IIU\\x00"),
  RAF("FUJIFILMCCD-RAW "),
  BMP("BM.{13}\\x00{3}"),
  ICO("\\x00\\x00\\x01\\x00(?!\\x00\\x00)"),
  CUR("\\x00\\x00\\x02\\x00(?!\\x00\\x00)"),
  PSD("8BPS\\x00[\\x01\\x02]"),
  PNM("P[1-6Ff][\\s#]"),
  PAM("P7[\\s#]"),
  ICNS("icns"),
  IFF("FORM"),
  SGI("\\x01\\xda[\\x00\\x01][\\x01\\x02]"),
  HDR("#\\?(RADIANCE|RGBE)"),
  DDS("DDS \\x7c"),

  /** Behind 512 bytes of anything, a size and a frame, the version. */
  PICT(".{522}(\\x00\\x11\\x02\\xff\\x0c\\x00|\\x11\\x01)"),
  PCX("\\x0a[\\x00\\x02-\\x05][\\x00\\x01][\\x01\\x02\\x04\\x08]"),

  /**
   * TGA has no signature, so it comes last: kind of color map and of image, the map's range, depth
   * of its entries and of pixels, in the order of the header.
   */
  TGA(
      ".[\\x00\\x01][\\x00-\\x03\\x09-\\x0b].{4}[\\x00\\x0f\\x10\\x18\\x20]"
          + ".{8}[\\x01\\x08\\x0f\\x10\\x18\\x20]");

  /** The number of bytes that identify every format. */
  public static final int SIGNATURE_BYTES = 528;

  private final Pattern signature;

  Container(String signature) {
    this.signature = Pattern.compile(signature, Pattern.DOTALL);
  }

  /**
   * Returns the format of a file.
   *
   * @param prefix its first {@value #SIGNATURE_BYTES} bytes, or all if it has fewer
   */
  public static Optional<Container> of(byte[] prefix) {
    String start = new String(prefix, ISO_8859_1);
    for (Container container : values()) {
      if (container.signature.matcher(start).lookingAt()) {
        return Optional.of(container);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns an error about a file of this format.
   *
   * @param offset byte position in the source, or −1 if unknown
   */
  public MalformedImageException malformed(long offset, String reason) {
    return new MalformedImageException(name(), offset, reason);
  }
}
