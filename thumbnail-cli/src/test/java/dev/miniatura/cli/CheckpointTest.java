package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  @TempDir private Path folder;

  @Test
  void read_whatWasWritten_isTheSameForAnyKey() throws IOException {
    Path file = folder.resolve("checkpoint");
    new Checkpoint("task", "a", List.of(), 0).write(file);
    Checkpoint checkpoint =
        new Checkpoint(
            "task", "2024/\"é\" \\ \n\t日本 \uD83C\uDF05", List.of("a+b %", "{[,]}"), 1L << 40);
    checkpoint.write(file);
    assertThat(Checkpoint.read(file)).contains(checkpoint);
    assertThat(folder)
        .isDirectoryContaining("glob:**checkpoint")
        .isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void read_noFile_isNothing() throws IOException {
    assertThat(Checkpoint.read(folder.resolve("none"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "{\"backfill\":\"task\",\"after\":", "once upon a time"})
  void read_anotherFile_isRefused(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("other"), text);
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is not the checkpoint of a backfill");
  }

  @Test
  void read_fileOfOtherBytes_isRefused() throws IOException {
    Path file = Files.write(folder.resolve("picture"), new byte[] {(byte) 0xff, (byte) 0xd8});
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is not the checkpoint of a backfill");
  }
}
