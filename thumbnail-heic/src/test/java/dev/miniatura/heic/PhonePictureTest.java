package dev.miniatura.heic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Holds the HEIC sample to the code that makes it. */
class PhonePictureTest {

  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path FILE = SAMPLES.resolve("heic").resolve("phone.heic");

  @Test
  void file_isWhatTheCodeMakes() throws IOException {
    assertThat(Arrays.equals(PhonePicture.file(SAMPLES), Files.readAllBytes(FILE))).isTrue();
  }

  @Test
  void render_file_standsUpright() throws IOException {
    Thumbnail thumbnail =
        Thumbnailer.create().render(ImageSource.of(FILE), ThumbnailSpec.fit(64, 64));
    ImageInfo source = thumbnail.source();
    assertThat(source.format()).isEqualTo("HEIC");
    assertThat(source.width()).isEqualTo(480);
    assertThat(thumbnail.width()).isEqualTo(48);
    assertThat(thumbnail.height()).isEqualTo(64);
    assertThat(thumbnail.notes()).isEmpty();
  }
}
