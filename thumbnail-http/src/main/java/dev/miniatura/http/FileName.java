package dev.miniatura.http;

import dev.miniatura.OutputFormat;

/** The file name under which a browser saves a thumbnail (RFC 6266). */
final class FileName {

  private FileName() {}

  /** Returns the value of {@code Content-Disposition}. */
  static String disposition(String key, String mediaType) {
    String last = key.substring(key.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    String name = (dot > 0 ? last.substring(0, dot) : last) + "." + extension(mediaType);
    String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
    return "inline; filename=\""
        + plain
        + '"'
        + (plain.equals(name)
            ? ""
            : "; filename*=UTF-8''" + PathText.encode(name).replace("/", "%2F"));
  }

  private static String extension(String mediaType) {
    return OutputFormat.all().stream()
        .filter(format -> format.mediaType().equals(mediaType))
        .map(OutputFormat::extension)
        .findFirst()
        .orElse("bin");
  }
}
