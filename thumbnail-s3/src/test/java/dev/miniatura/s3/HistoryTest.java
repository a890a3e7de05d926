package dev.miniatura.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Entry;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever happens to an object, its thumbnails finally match its current content. */
class HistoryTest {

  private static final String KEY = "a.jpg";
  private static final int HISTORIES = 80;
  private static final int CHANGES = 8;

  /** No format is fixed, so that keys change with the sources' formats. */
  private static final Map<String, ThumbnailSpec> OPEN =
      ThumbnailSpec.parseAll("large=fit:16x16;small=fit:8x8");

  private static final Map<String, ThumbnailSpec> FIXED =
      ThumbnailSpec.parseAll("large=fit:16x16,format:jpeg;small=fit:8x8,format:jpeg");

  private static List<byte[]> contents() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Color color : List.of(Color.RED, Color.BLUE)) {
      for (OutputFormat format : List.of(OutputFormat.JPEG, OutputFormat.PNG)) {
        BufferedImage picture = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 32, 24);
        graphics.dispose();
        contents.add(
            Thumbnailer.create()
                .render(ImageSource.of(picture), ThumbnailSpec.fit(32, 32).format(format))
                .bytes());
      }
    }
    contents.add("no image".getBytes(UTF_8));
    return contents;
  }

  private static Map<String, String> expected(ImageStore photos, Map<String, ThumbnailSpec> specs)
      throws IOException {
    Optional<Entry> entry = photos.stat(KEY);
    Map<String, String> expected = new TreeMap<>();
    if (entry.isPresent() && entry.get().size() > 10) {
      var thumbnails =
          Thumbnailer.create().renderAll(photos.open(KEY), List.copyOf(specs.values()));
      List<String> names = List.copyOf(specs.keySet());
      for (int i = 0; i < names.size(); i++) {
        expected.put(
            KEY + "." + names.get(i) + "." + thumbnails.get(i).format().extension(),
            new String(thumbnails.get(i).bytes(), UTF_8));
      }
    }
    return expected;
  }

  private static Map<String, String> actual(ImageStore thumbs) throws IOException {
    Map<String, String> actual = new TreeMap<>();
    try (Stream<Entry> entries = thumbs.list("")) {
      for (Entry entry : entries.toList()) {
        try (InputStream stream = thumbs.open(entry.key()).open()) {
          actual.put(entry.key(), new String(stream.readAllBytes(), UTF_8));
        }
      }
    }
    return actual;
  }

  private static void assertConverges(TestServer server) throws Exception {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      String bucket = server.newBucket();
      History.keepVersions(server.client(), bucket);
      ImageStore photos = S3ImageStore.builder(server.client(), bucket).build();
      ImageStore thumbs = S3ImageStore.builder(server.client(), server.newBucket()).build();
      Map<String, ThumbnailSpec> specs = seed % 2 == 0 ? OPEN : FIXED;
      boolean told = seed % 4 < 2;
      ThumbnailPipeline pipeline = ThumbnailPipeline.builder(photos, thumbs).specs(specs).build();
      History history = new History(server.client(), bucket, KEY, seed, contents());
      history.run(
          CHANGES,
          put -> {
            if (put.isEmpty()) {
              pipeline.remove(KEY);
            } else if (told) {
              pipeline.process(put.get());
            } else {
              pipeline.process(KEY);
            }
          });
      assertThat(actual(thumbs)).as("%d: %s", seed, history).isEqualTo(expected(photos, specs));
    }
  }

  @Test
  void history_onS3Proxy_endsWithTheObjectsThumbnails() throws Exception {
    try (TestServer server = TestServer.s3proxy()) {
      assertConverges(server);
    }
  }

  @Test
  void history_onS3Mock_endsWithTheObjectsThumbnails() throws Exception {
    try (TestServer server = TestServer.s3mock()) {
      assertConverges(server);
    }
  }
}
