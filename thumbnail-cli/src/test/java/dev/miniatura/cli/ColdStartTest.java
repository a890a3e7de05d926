package dev.miniatura.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that a run over files does not load. */
class ColdStartTest {

  @Test
  void make_filesOnly_loadsNothingOfTheAwsSdk(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path photo =
        Files.write(folder.resolve("p.jpg"), JpegMaker.of(TestImages.photo(90, 60)).bytes());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Miniatura.class.getName(),
                "make",
                photo.toString(),
                "--out",
                folder.resolve("thumbs").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String log = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    List<String> loaded = log.lines().filter(line -> line.contains("class,load")).toList();
    assertThat(loaded).anyMatch(line -> line.contains(" dev.miniatura.cli.MakeCommand "));
    assertThat(loaded)
        .noneMatch(
            line ->
                line.contains(" software.amazon.awssdk.")
                    || line.contains(" org.slf4j.")
                    || line.contains(" dev.miniatura.s3."));
  }
}
