package dev.miniatura.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  @Test
  void demo_ofTheSamples_showsAndSavesThumbnails(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Demo.run(Path.of("../samples"), folder, new PrintStream(text, true, StandardCharsets.UTF_8));
    String shown = text.toString(StandardCharsets.UTF_8);
    assertThat(shown)
        .contains("holiday 2026/été + soleil (1).jpg.small.jpg")
        .containsPattern("日本/富士山 🌅.jpg +written")
        .containsPattern("cut off.jpg +failed\n  malformed: ")
        .containsPattern("ten gigapixels.png +refused")
        .containsPattern("notes.txt +failed\n  unsupported: ")
        .containsPattern("once more +unchanged")
        .containsPattern("late delete event; the photo is there +unchanged")
        .containsPattern("with its thumbnails +removed")
        .contains("18 uploads: 15 written, 2 failed, 1 refused", "30 thumbnails");
    assertThat(shown.lines()).allMatch(line -> line.length() <= 100);
    Path card = folder.resolve("holiday 2026/été + soleil (1).jpg.card.jpg");
    assertThat(ImageIO.read(card.toFile()).getWidth()).isEqualTo(320);
    assertThat(folder.resolve("function.log")).content().contains("\"outcome\":\"refused\"");
  }
}
