package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
class FolderWalkTest {

  @TempDir private Path folder;
  private Path photos;

  @BeforeEach
  void makeFiles() throws IOException {
    photos = Files.createDirectories(folder.resolve("photos"));
    write("photos/a.jpg");
    write("photos/trip/b.jpg");
    write("elsewhere/c.jpg");
  }

  private void write(String place) throws IOException {
    Path file = folder.resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, place);
  }

  private void link(String place, String target) throws IOException {
    Files.createSymbolicLink(folder.resolve(place), Path.of(target));
  }

  private Origin find(boolean followLinks, String... places) throws IOException {
    List<String> arguments = List.of(places).stream().map(p -> folder.resolve(p) + "").toList();
    List<Origin> origins = FileInputs.find(arguments, Optional.empty(), followLinks, false);
    assertThat(origins).hasSize(1);
    for (String key : origins.get(0).keys()) {
      assertThat(origins.get(0).store().stat(key)).isPresent();
      assertThat(origins.get(0).store().open(key).open()).isNotEmpty();
    }
    return origins.get(0);
  }

  @Test
  void find_linksThatStay_areFollowed() throws IOException {
    link("photos/best", "trip");
    link("photos/top.jpg", "trip/b.jpg");
    Origin origin = find(false, "photos");
    assertThat(origin.keys()).containsExactly("a.jpg", "best/b.jpg", "top.jpg", "trip/b.jpg");
    assertThat(origin.problems()).isEmpty();
  }

  /** A linked folder used to be reported as a missing file, and a linked file as an invalid key. */
  @Test
  void find_linksThatLeave_areNamedAndFollowedOnRequest() throws IOException {
    link("photos/more", "../elsewhere");
    link("photos/one.jpg", "../elsewhere/c.jpg");
    Origin origin = find(false, "photos");
    assertThat(origin.keys()).containsExactly("a.jpg", "trip/b.jpg");
    assertThat(origin.problems())
        .extracting(Result::source)
        .containsExactlyInAnyOrder("more", "one.jpg");
    assertThat(origin.problems())
        .allMatch(result -> !result.bad() && result.reason().contains("--follow-links"));
    assertThat(find(true, "photos").keys())
        .containsExactly("a.jpg", "more/c.jpg", "one.jpg", "trip/b.jpg");
  }

  @Test
  void find_loops_end() throws IOException {
    link("photos/self", ".");
    link("photos/trip/up", "..");
    link("photos/x", "y");
    link("photos/y", "x");
    link("photos/out", "../elsewhere");
    link("elsewhere/back", "../photos");
    Origin origin = find(true, "photos");
    assertThat(origin.keys()).contains("a.jpg", "trip/b.jpg", "out/c.jpg").hasSizeLessThan(12);
    assertThat(origin.problems())
        .extracting(Result::toString)
        .containsExactlyInAnyOrder("skipped  x  a broken link", "skipped  y  a broken link");
  }

  @Test
  void find_linkThatIsNamed_isFollowed() throws IOException {
    link("folder", "photos");
    link("file.jpg", "elsewhere/c.jpg");
    assertThat(find(false, "folder").keys()).containsExactly("a.jpg", "trip/b.jpg");
    assertThat(find(false, "file.jpg").keys()).containsExactly("file.jpg");
  }

  @Test
  void find_fifoAndHidden_arePassedOver() throws Exception {
    write("photos/.hidden/d.jpg");
    write("photos/.e.jpg");
    String pipe = photos.resolve("pipe.jpg").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThat(find(false, "photos").keys()).containsExactly("a.jpg", "trip/b.jpg");
  }

  /** It used to end the run before anything was made. */
  @Test
  void find_unreadableFolder_isOneFailure() throws IOException {
    write("photos/locked/d.jpg");
    write("photos/zoo/e.jpg");
    Path locked = photos.resolve("locked");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("-wx------"));
    try {
      assumeTrue(!Files.isReadable(locked), "not for root, who may read everything");
      Origin origin = find(false, "photos");
      assertThat(origin.keys()).containsExactly("a.jpg", "trip/b.jpg", "zoo/e.jpg");
      assertThat(origin.problems())
          .extracting(Result::toString)
          .containsExactly("failed  locked/  " + locked + ": permission denied");
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void find_composedAndDecomposedNames_stayTwo() throws IOException {
    write("photos/\u00e9.jpg");
    write("photos/e\u0301.jpg");
    assertThat(find(false, "photos").keys()).contains("\u00e9.jpg", "e\u0301.jpg").hasSize(4);
  }
}
