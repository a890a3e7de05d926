package dev.miniatura.internal.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names common files that this library does not read, by their first bytes. */
final class OtherFormats {

  private static final Map<Pattern, String> NAMES =
      Stream.of(
              Map.entry("\\x00{3}\\x0cjP {2}|\\xff\\x4f\\xff\\x51", "JPEG 2000"),
              Map.entry("\\xff\\x0a|\\x00{3}\\x0cJXL ", "JPEG XL"),
              Map.entry("II\\xbc", "JPEG XR"),
              Map.entry("%!PS|\\xc5\\xd0\\xd3\\xc6", "PostScript (EPS)"),
              Map.entry("%PDF", "PDF"),
              Map.entry("(\\xef\\xbb\\xbf)?\\s*<svg", "SVG"),
              Map.entry("(\\xef\\xbb\\xbf)?\\s*<(!DOCTYPE html|html)", "HTML"),
              Map.entry("(\\xef\\xbb\\xbf)?\\s*<", "SVG or another text file"),
              Map.entry("PK\\x03\\x04", "a ZIP archive or an Office document"),
              Map.entry("\\xd0\\xcf\\x11\\xe0", "an old Office document"),
              Map.entry("\\x1f\\x8b|7z\\xbc\\xaf|Rar!|BZh|\\xfd7zXZ", "a compressed archive"),
              Map.entry(".{4}(moov|mdat|wide|pnot)", "video (QuickTime)"),
              Map.entry("\\x1a\\x45\\xdf\\xa3", "video (Matroska, WebM)"),
              Map.entry("RIFF.{4}AVI ", "video (AVI)"),
              Map.entry("\\x30\\x26\\xb2\\x75", "video (ASF, WMV)"),
              Map.entry("FLV\\x01", "video (Flash)"),
              Map.entry("\\x00\\x00\\x01[\\xb3\\xba]", "video (MPEG)"),
              Map.entry("OggS", "audio or video (Ogg)"),
              Map.entry("RIFF.{4}WAVE|ID3|fLaC", "audio"),
              Map.entry("[\\x8a\\x8b][MJ]NG\\r\\n", "MNG or JNG"),
              Map.entry("\\x76\\x2f\\x31\\x01", "OpenEXR"),
              Map.entry("gimp xcf", "XCF (GIMP)"),
              Map.entry("SIMPLE {2}=", "FITS"),
              Map.entry("AT&TFORM", "DjVu"),
              Map.entry("qoif", "QOI"),
              Map.entry("BPG\\xfb", "BPG"),
              Map.entry("\\x59\\xa6\\x6a\\x95", "Sun raster"),
              Map.entry("/\\* XPM \\*/", "XPM"),
              Map.entry("#define \\w+_width", "XBM"),
              Map.entry("\\xd7\\xcd\\xc6\\x9a", "WMF (Windows metafile)"),
              Map.entry("II\\x1a\\x00{3}HEAPCCDR", "CRW (old camera raw of Canon)"),
              Map.entry("\\x00MRM", "MRW (camera raw of Minolta)"),
              Map.entry("FOVb", "X3F (camera raw of Sigma)"),
              Map.entry(
                  "version https://git-lfs", "a pointer of Git LFS, in place of the file itself"))
          .collect(
              Collectors.toMap(
                  entry -> Pattern.compile(entry.getKey(), Pattern.DOTALL),
                  Map.Entry::getValue,
                  (one, other) -> one,
                  LinkedHashMap::new));

  private OtherFormats() {}

  /** Returns the name of a file's format in words. */
  static String name(byte[] prefix) {
    String start = new String(prefix, ISO_8859_1);
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(start).lookingAt())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the format of this file (no known signature)");
  }
}
