package dev.miniatura.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A contact sheet: one self-contained page with relative links. */
final class Gallery {

  static final String FILE_NAME = "index.html";

  /**
   * A placeholder in the template. The text inserted there is not searched for further
   * placeholders.
   */
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** Bytes of a path that need no escaping in a URL (RFC 3986, pchar and the slash). */
  private static final String PLAIN = "-._~!$&'()*+,;=:@/";

  /**
   * A picture on the sheet.
   *
   * @param name the source's path, with its folders
   * @param thumbnail key of the thumbnail shown, below the sheet's folder
   * @param width its width in pixels
   * @param height its height in pixels
   * @param largest key of the thumbnail that a click shows
   * @param caption the text below the file's name
   */
  record Picture(
      String name, String thumbnail, int width, int height, String largest, String caption) {

    private String folder() {
      return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private String html() {
      String file = name.substring(folder().length());
      return """
      <a class="card" href="%s" title="%s"><span class="frame"><img src="%s" width="%d" \
      height="%d" alt="%s" loading="lazy"></span><b>%s</b><small>%s</small></a>
      """
          .formatted(
              href(largest),
              escape(name),
              href(thumbnail),
              width,
              height,
              escape(file),
              escape(file),
              escape(caption));
    }
  }

  private final List<Picture> pictures = new ArrayList<>();
  private final List<Result> missing = new ArrayList<>();

  void add(Picture picture) {
    pictures.add(picture);
  }

  /** Adds a source without a thumbnail. */
  void addMissing(Result result) {
    missing.add(result);
  }

  /** Returns the sheet, sorted by folder and name. */
  String page() throws IOException {
    Map<String, String> content =
        Map.of(
            "count",
            pictures.size() + (pictures.size() == 1 ? " picture" : " pictures"),
            "folders",
            folders(),
            "missing",
            missing(false, "Failed") + missing(true, "Skipped"));
    return PLACE
        .matcher(template())
        .replaceAll(
            place -> Matcher.quoteReplacement(content.getOrDefault(place.group(1), place.group())));
  }

  private String folders() {
    Map<String, StringBuilder> cards = new TreeMap<>();
    pictures.sort(Comparator.comparing(Picture::name));
    for (Picture picture : pictures) {
      cards.computeIfAbsent(picture.folder(), folder -> new StringBuilder()).append(picture.html());
    }
    StringBuilder html = new StringBuilder();
    cards.forEach(
        (folder, some) -> {
          if (!folder.isEmpty()) {
            html.append(
                "<h2>%s</h2>%n".formatted(escape(folder.substring(0, folder.length() - 1))));
          }
          html.append("<div class=\"sheet\">%n%s</div>%n".formatted(some));
        });
    return html.toString();
  }

  private String missing(boolean skipped, String title) {
    List<Result> some =
        missing.stream()
            .filter(result -> result.name().equals(Result.SKIPPED) == skipped)
            .sorted(Comparator.comparing(Result::source))
            .toList();
    if (some.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<h2>%s: %d</h2>%n<ul>%n".formatted(title, some.size()));
    for (Result result : some) {
      html.append(
          "<li><b>%s</b> <span>%s</span></li>%n"
              .formatted(escape(result.source()), escape(result.reason())));
    }
    return html.append("</ul>\n").toString();
  }

  private static String template() throws IOException {
    try (InputStream in = Gallery.class.getResourceAsStream("gallery.html")) {
      if (in == null) {
        throw new IOException("gallery.html is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Names are used as they are: a URI class would normalize their accents. */
  private static String href(String key) {
    StringBuilder url = new StringBuilder("./");
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0);
      url.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
    }
    return escape(url.toString());
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
