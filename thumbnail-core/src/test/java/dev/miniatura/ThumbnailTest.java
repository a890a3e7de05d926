package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailTest {

  private static Thumbnail thumbnail() throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(90, 60)).bytes();
    return Thumbnailer.create().render(ImageSource.of(file), ThumbnailSpec.fit(30, 30));
  }

  @Test
  void writeTo_stream_writesAllAndLeavesItOpen() throws IOException {
    Thumbnail thumbnail = thumbnail();
    ByteArrayOutputStream stream =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    thumbnail.writeTo(stream);
    assertThat(stream.toByteArray()).isEqualTo(thumbnail.bytes());
  }

  @Test
  void writeTo_path_replacesTheFileAndLeavesNothingElse(@TempDir Path folder) throws IOException {
    Thumbnail thumbnail = thumbnail();
    Path path = folder.resolve("thumbnail." + thumbnail.extension());
    for (int i = 0; i < 2; i++) {
      thumbnail.writeTo(path);
      assertThat(path).hasFileName("thumbnail.jpg").hasBinaryContent(thumbnail.bytes());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void writeTo_pathThatCannotBe_failsAndLeavesNothing(@TempDir Path folder) throws IOException {
    Thumbnail thumbnail = thumbnail();
    assertThatThrownBy(() -> thumbnail.writeTo(folder.resolve("none/thumbnail.jpg")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> thumbnail.writeTo(folder)).isInstanceOf(IOException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writeTo_pathInAnotherFileSystem_writesIt(@TempDir Path folder) throws IOException {
    Thumbnail thumbnail = thumbnail();
    Path archive = folder.resolve("archive.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      thumbnail.writeTo(zip.getPath("/thumbnail.jpg"));
      assertThat(Files.readAllBytes(zip.getPath("/thumbnail.jpg"))).isEqualTo(thumbnail.bytes());
    }
  }
}
