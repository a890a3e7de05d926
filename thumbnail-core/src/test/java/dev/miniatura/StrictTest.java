package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code strict}, problems that are otherwise tolerated with a note are refused. */
class StrictTest {

  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();
  private static final ThumbnailSpec TOLERANT = ThumbnailSpec.fit(64, 64);
  private static final ThumbnailSpec STRICT = ThumbnailSpec.parse("fit:64x64,strict");

  static Map<String, byte[]> damaged() throws IOException {
    byte[] jpeg = JpegMaker.of(TestImages.photo(200, 120)).bytes();
    byte[] png = PngMaker.of(TestImages.photo(200, 120)).bytes();
    return Map.of(
        "JPEG cut off", Arrays.copyOf(jpeg, jpeg.length * 2 / 3),
        "PNG cut off", Arrays.copyOf(png, png.length * 2 / 3),
        "JPEG with a profile that is none",
            JpegMaker.of(TestImages.photo(90, 60)).icc(new byte[200]).bytes());
  }

  static List<String> names() throws IOException {
    return damaged().keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void render_damagedSource_isRefusedWhereItLeftANote(String name) throws IOException {
    ImageSource source = ImageSource.of(Objects.requireNonNull(damaged().get(name)));
    String note = THUMBNAILER.render(source, TOLERANT).notes().get(0);
    assertThatThrownBy(() -> THUMBNAILER.render(source, STRICT))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining(note);
    assertThatThrownBy(() -> THUMBNAILER.renderAll(source, List.of(TOLERANT, STRICT)))
        .isInstanceOf(MalformedImageException.class);
    assertThatThrownBy(() -> THUMBNAILER.renderImage(source, STRICT))
        .isInstanceOf(MalformedImageException.class);
  }

  @Test
  void plan_profileThatIsNone_isRefusedFromTheHeader() throws IOException {
    ImageSource source =
        ImageSource.of(Objects.requireNonNull(damaged().get("JPEG with a profile that is none")));
    assertThat(THUMBNAILER.plan(source, List.of(TOLERANT)).outputs()).hasSize(1);
    assertThatThrownBy(() -> THUMBNAILER.plan(source, List.of(STRICT)))
        .isInstanceOf(MalformedImageException.class);
  }

  @Test
  void render_animationThatEndsEarly_isRefused() throws IOException {
    byte[] gif =
        GifMaker.canvas(90, 60)
            .frame(TestImages.photo(90, 60), 0, 0, 10, GifMaker.Disposal.KEEP)
            .frame(TestImages.photo(90, 60), 0, 0, 10, GifMaker.Disposal.KEEP)
            .bytes();
    ImageSource source = ImageSource.of(Arrays.copyOf(gif, gif.length - 20));
    ThumbnailSpec moving = ThumbnailSpec.parse("fit:64x64,frames:all,format:gif");
    assertThat(THUMBNAILER.render(source, moving).notes()).isNotEmpty();
    assertThatThrownBy(() -> THUMBNAILER.render(source, moving.strict(true)))
        .isInstanceOf(MalformedImageException.class);
  }

  @Test
  void render_soundSource_isTheSame() throws IOException {
    ImageSource source = ImageSource.of(JpegMaker.of(TestImages.photo(200, 120)).bytes());
    assertThat(THUMBNAILER.render(source, STRICT).bytes())
        .isEqualTo(THUMBNAILER.render(source, TOLERANT).bytes());
  }
}
