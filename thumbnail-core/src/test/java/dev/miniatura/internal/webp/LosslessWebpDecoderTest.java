package dev.miniatura.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.vp8l.LosslessEncoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LosslessWebpDecoderTest {

  @Test
  void render_cutOff_isBlankBelowWithANote() throws IOException {
    int[] noise = new Random(1).ints(60 * 60).toArray();
    byte[] file = new RiffWriter().chunk("VP8L", LosslessEncoder.encode(noise, 60, 60)).file();
    ThumbnailSpec spec = ThumbnailSpec.parse("fit:30x30,format:png");

    assertThat(Thumbnailer.create().render(ImageSource.of(file), spec).notes()).isEmpty();
    Thumbnail cut =
        Thumbnailer.create().render(ImageSource.of(Arrays.copyOf(file, file.length * 2 / 3)), spec);
    assertThat(cut.notes())
        .containsExactly("WEBP: image data ends early; what is missing is blank");
  }
}
