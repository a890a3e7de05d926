package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GalleryTest {

  private static Gallery.Picture picture(String name) {
    return new Gallery.Picture(name, name + ".s.jpg", 20, 10, name + ".l.jpg", "20 × 10");
  }

  @Test
  void page_namesThatLookLikePlacesOfTheTemplate_stayNames() throws IOException {
    Gallery gallery = new Gallery();
    gallery.add(picture("x{{missing}}$1.jpg"));
    gallery.addMissing(Result.failed("y{{folders}}{{count}}", "z{{missing}}", ""));
    assertThat(gallery.page())
        .contains("<b>x{{missing}}$1.jpg</b>", "<b>y{{folders}}{{count}}</b>")
        .contains("<span>z{{missing}}</span>")
        .containsOnlyOnce("class=\"card\"");
  }

  @Test
  void page_folders_areHeadingsAndFilesHaveTheirNamesAlone() throws IOException {
    Gallery gallery = new Gallery();
    gallery.add(picture("b/<c>/d.jpg"));
    gallery.add(picture("z.jpg"));
    gallery.add(picture("b/a.jpg"));
    assertThat(gallery.page().lines().filter(line -> line.matches("<h\\d.*|.*<b>.*")))
        .extracting(line -> line.replaceFirst(".*(<b>.*</b>).*", "$1"))
        .containsExactly(
            "<h1>3 pictures</h1>",
            "<b>z.jpg</b>",
            "<h2>b</h2>",
            "<b>a.jpg</b>",
            "<h2>b/&lt;c&gt;</h2>",
            "<b>d.jpg</b>");
  }

  /** The URI class used to normalize the accent: the link led to another file, or to none. */
  @Test
  void page_decomposedName_isLinkedAsItIs() throws IOException {
    Gallery gallery = new Gallery();
    gallery.add(picture("e\u0301 50%?#.jpg"));
    assertThat(gallery.page())
        .contains(
            "src=\"./e%CC%81%2050%25%3F%23.jpg.s.jpg\"",
            "href=\"./e%CC%81%2050%25%3F%23.jpg.l.jpg\"");
  }

  @Test
  void page_whatIsMissing_standsAtTheEndWithItsReason() throws IOException {
    Gallery gallery = new Gallery();
    gallery.add(picture("a.jpg"));
    gallery.addMissing(Result.skipped("b.heic", "not supported: HEIC", "HEIC"));
    gallery.addMissing(Result.failed("c.jpg", "no <image> data", "malformed"));
    String page = gallery.page();
    assertThat(page.substring(page.indexOf("</main>")))
        .containsSubsequence(
            "Failed: 1", "c.jpg", "no &lt;image&gt; data", "Skipped: 1", "b.heic", "HEIC");
  }
}
