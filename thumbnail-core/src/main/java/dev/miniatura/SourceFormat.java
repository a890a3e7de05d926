package dev.miniatura;

import java.util.Arrays;

/** Media type and file name extension of source formats, by name. */
enum SourceFormat {
  JPEG("image/jpeg", "jpg"),
  PNG("image/png", "png"),
  GIF("image/gif", "gif"),
  WEBP("image/webp", "webp"),
  HEIC("image/heic", "heic"),
  HEIF("image/heif", "heif"),
  AVIF("image/avif", "avif"),
  TIFF("image/tiff", "tif"),
  CR2("image/x-canon-cr2", "cr2"),
  CR3("image/x-canon-cr3", "cr3"),
  NEF("image/x-nikon-nef", "nef"),
  ARW("image/x-sony-arw", "arw"),
  DNG("image/x-adobe-dng", "dng"),
  ORF("image/x-olympus-orf", "orf"),
  RW2("image/x-panasonic-rw2", "rw2"),
  RAF("image/x-fuji-raf", "raf"),
  PEF("image/x-pentax-pef", "pef"),
  SRW("image/x-samsung-srw", "srw"),
  HASSELBLAD_3FR("image/x-hasselblad-3fr", "3fr"),
  RAW("image/x-dcraw", "raw"),
  BMP("image/bmp", "bmp"),
  ICO("image/vnd.microsoft.icon", "ico"),
  CUR("image/vnd.microsoft.cursor", "cur"),
  PSD("image/vnd.adobe.photoshop", "psd"),
  PNM("image/x-portable-anymap", "pnm"),
  PAM("image/x-portable-arbitrarymap", "pam"),
  ICNS("image/x-apple-icons", "icns"),
  IFF("image/iff", "iff"),
  SGI("image/sgi", "sgi"),
  HDR("image/vnd.radiance", "hdr"),
  PCX("image/pcx", "pcx"),
  DDS("image/vnd.ms-dds", "dds"),
  PICT("image/x-pict", "pct"),
  TGA("image/tga", "tga"),
  UNKNOWN("application/octet-stream", "bin");

  private final String mediaType;
  private final String extension;

  SourceFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** Returns the format that {@link ImageInfo#format} names. */
  static SourceFormat of(String name) {
    String known =
        switch (name) {
          case "BIGTIFF" -> "TIFF";
          case "3FR" -> "HASSELBLAD_3FR"; // no name in Java begins with a digit
          case "BufferedImage" -> "PNG"; // the bytes of a decoded picture
          default -> name;
        };
    return Arrays.stream(values())
        .filter(format -> format.name().equals(known))
        .findFirst()
        .orElse(UNKNOWN);
  }

  String mediaType() {
    return mediaType;
  }

  String extension() {
    return extension;
  }
}
