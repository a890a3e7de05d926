package dev.miniatura.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Non-ASCII names with an ASCII-only locale: cron jobs, services, containers. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "names are bytes there")
class LocaleTest {

  @TempDir private Path folder;

  @BeforeEach
  void makePhotos() throws IOException {
    byte[] photo = JpegMaker.of(TestImages.photo(40, 30)).bytes();
    Files.createDirectories(folder.resolve("photos"));
    for (String name :
        List.of("a", "caf%C3%A9", "cafe%CC%81", "%E6%97%A5", "latin1-%E9", "what?")) {
      Files.write(
          Path.of(URI.create(folder.toUri() + "photos/" + name.replace("?", "%3F") + ".jpg")),
          photo);
    }
  }

  private String run(String locale, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Miniatura.class.getName()),
                    Stream.of(arguments))
                .toList());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    if (!locale.isEmpty()) {
      builder.environment().put("LC_ALL", locale);
    }
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  /** With LC_ALL=C, every non-ASCII name used to be refused as an invalid key. */
  @Test
  void make_anyLocale_makesAllAndFindsThemAgain() throws Exception {
    assertThat(run("C", "make", "photos", "--out", "thumbs", "--gallery"))
        .contains(
            "written  caf\u00e9.jpg  ", "written  cafe\u0301.jpg  ", "written  latin1-%E9.jpg")
        .contains("6 written, ");
    try (Stream<Path> made = Files.list(folder.resolve("thumbs"))) {
      assertThat(made.map(path -> path.toUri().getRawPath().replaceFirst(".*/", "")))
          .contains(
              "a.jpg.small.jpg",
              "caf%C3%A9.jpg.small.jpg",
              "cafe%CC%81.jpg.small.jpg",
              "%E6%97%A5.jpg.small.jpg",
              "latin1-%25E9.jpg.small.jpg",
              "what%3F.jpg.small.jpg");
    }
    assertThat(run("", "make", "photos", "--out", "thumbs")).contains("6 unchanged, ");
    assertThat(run("C.UTF-8", "make", "photos", "--out", "thumbs")).contains("6 unchanged, ");
  }

  @Test
  void make_argumentThatTheLocaleGarbles_tellsWhatToSet() throws Exception {
    assertThat(run("C", "make", "photos/caf\u00e9.jpg", "--out", "thumbs"))
        .contains("set LC_ALL=C.UTF-8")
        .hasLineCount(1);
  }
}
