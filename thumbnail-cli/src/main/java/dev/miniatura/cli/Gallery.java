package dev.miniatura.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A contact sheet: one self-contained page, with links that are relative to where it is. */
final class Gallery {

  static final String FILE_NAME = "index.html";

  /** A picture of the sheet; the link leads to the largest thumbnail. */
  private record Picture(
      String name, String thumbnail, int width, int height, String link, String caption) {}

  /** A source that has no thumbnail. */
  private record Missing(String name, String reason) {}

  private final List<Picture> pictures = new ArrayList<>();
  private final List<Missing> missing = new ArrayList<>();

  /** Adds a picture; paths are keys below the sheet's folder. */
  synchronized void add(
      String name, String thumbnail, int width, int height, String link, String caption) {
    pictures.add(new Picture(name, thumbnail, width, height, link, caption));
  }

  /** Adds a source without a thumbnail. */
  synchronized void addMissing(String name, String reason) {
    missing.add(new Missing(name, reason));
  }

  /** Returns the sheet, sorted by name. */
  synchronized String page() throws IOException {
    pictures.sort(Comparator.comparing(Picture::name));
    missing.sort(Comparator.comparing(Missing::name));
    StringBuilder cards = new StringBuilder();
    for (Picture picture : pictures) {
      cards.append(
          """
          <a class="card" href="%s"><span class="frame"><img src="%s" width="%d" height="%d" \
          alt="%s" loading="lazy"></span><b>%s</b><small>%s</small></a>
          """
              .formatted(
                  href(picture.link()),
                  href(picture.thumbnail()),
                  picture.width(),
                  picture.height(),
                  escape(picture.name()),
                  escape(picture.name()),
                  escape(picture.caption())));
    }
    StringBuilder failures = new StringBuilder();
    for (Missing file : missing) {
      failures.append(
          "<li><b>%s</b> %s</li>%n".formatted(escape(file.name()), escape(file.reason())));
    }
    return template()
        .replace("{{count}}", Integer.toString(pictures.size()))
        .replace(
            "{{missing}}",
            missing.isEmpty()
                ? ""
                : "<h2>%d not rendered</h2><ul>%s</ul>".formatted(missing.size(), failures))
        .replace("{{cards}}", cards);
  }

  private static String template() throws IOException {
    try (InputStream in = Gallery.class.getResourceAsStream("gallery.html")) {
      if (in == null) {
        throw new IOException("gallery.html is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String href(String key) {
    try {
      return escape(new URI(null, null, "./" + key, null).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(key, e);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
