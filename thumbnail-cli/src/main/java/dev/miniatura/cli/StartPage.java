package dev.miniatura.cli;

import dev.miniatura.http.ThumbnailUrls;
import dev.miniatura.storage.ImageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page at {@code /}: the first images, each with every named spec. It lists the store's
 * content, so it is not public.
 */
final class StartPage {

  private static final int MAX_IMAGES = 100;

  private final ImageStore source;
  private final String prefix;
  private final List<String> specs;
  private final boolean shown;

  StartPage(ImageStore source, String prefix, List<String> specs, boolean shown) {
    this.source = source;
    this.prefix = prefix;
    this.specs = specs;
    this.shown = shown;
  }

  /** Returns the page, if it is enabled and images can be listed. */
  Optional<String> html() {
    if (!shown || specs.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<ImageStore.Entry> images = source.list(prefix)) {
      String figures =
          images
              .map(entry -> entry.key().substring(prefix.length()))
              .filter(key -> !key.isEmpty() && !key.endsWith("/"))
              .limit(MAX_IMAGES)
              .map(this::figure)
              .collect(Collectors.joining());
      return Optional.of(
          PAGE.replace("{{specs}}", Gallery.escape(String.join(", ", specs)))
              .replace("{{figures}}", figures));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * A click shows the last, largest size. Files that cannot be shown hide themselves, since folders
   * contain other files, too.
   */
  private String figure(String key) {
    ThumbnailUrls urls = ThumbnailUrls.at("");
    String largest = Gallery.escape(urls.named(specs.get(specs.size() - 1), key));
    String pictures =
        specs.stream()
            .limit(Math.max(1, specs.size() - 1))
            .map(
                spec ->
                    "<img src=\"%s\" title=\"%s\" alt=\"\" loading=\"lazy\""
                            .formatted(Gallery.escape(urls.named(spec, key)), Gallery.escape(spec))
                        + " onerror=\"this.closest('figure').hidden=true\">\n")
            .collect(Collectors.joining());
    return "<figure><a href=\"%s\">\n%s</a><figcaption>%s</figcaption></figure>\n"
        .formatted(largest, pictures, Gallery.escape(key));
  }

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Miniatura</title>
      <style>
      body { margin: 2rem; font: 15px/1.5 system-ui, sans-serif; color: #222; background: #f6f6f4 }
      figure { display: inline-block; vertical-align: top; margin: 0 1rem 1.5rem 0; padding: .75rem;
        background: #fff; border-radius: 6px; box-shadow: 0 1px 3px #0003 }
      figure[hidden] { display: none }
      a { text-decoration: none }
      img { vertical-align: bottom; margin-right: .5rem; max-width: 90vw }
      figcaption { margin-top: .5rem; color: #666; overflow-wrap: anywhere }
      </style>
      <h1>Miniatura</h1>
      <p>Each picture as {{specs}}, at <code>/t/NAME/KEY</code>.</p>
      {{figures}}
      </html>
      """;
}
