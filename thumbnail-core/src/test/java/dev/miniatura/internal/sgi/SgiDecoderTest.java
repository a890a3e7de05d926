package dev.miniatura.internal.sgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.SgiMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pixel of SGI files built from random samples. */
class SgiDecoderTest {

  private static final int WIDTH = 57;
  private static final int HEIGHT = 23;
  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();

  /** Returns random samples, in runs at the top. */
  private static int[][] samples(int channels, int sampleBytes) {
    Random random = new Random(channels);
    int[][] samples = new int[channels][WIDTH * HEIGHT];
    for (int[] channel : samples) {
      for (int i = 0; i < channel.length; i++) {
        boolean repeated = i > 0 && i < channel.length / 2 && random.nextInt(9) > 0;
        channel[i] = repeated ? channel[i - 1] : random.nextInt(1 << (8 * sampleBytes));
      }
    }
    return samples;
  }

  private static BufferedImage shown(byte[] file) throws IOException {
    return THUMBNAILER.renderImage(ImageSource.of(file), ThumbnailSpec.fit(WIDTH, HEIGHT));
  }

  /** Returns the pixel that samples show. */
  private static int expected(int[][] samples, int i, int sampleBytes) {
    int[] eight = new int[4];
    for (int c = 0; c < Math.min(4, samples.length); c++) {
      eight[c] = sampleBytes == 1 ? samples[c][i] : Math.round(samples[c][i] / 257f);
    }
    return switch (samples.length) {
      case 1 -> 0xff << 24 | eight[0] * 0x10101;
      case 2 -> eight[1] << 24 | eight[0] * 0x10101;
      case 3 -> 0xff << 24 | eight[0] << 16 | eight[1] << 8 | eight[2];
      default -> eight[3] << 24 | eight[0] << 16 | eight[1] << 8 | eight[2];
    };
  }

  private static void assertPixel(int actual, int expected) {
    int alpha = expected >>> 24;
    assertThat(actual >>> 24).isEqualTo(alpha);
    if (alpha > 0) { // colors are premultiplied, and rounded, in between
      assertThat(Pictures.maxDifference(actual, expected))
          .isLessThanOrEqualTo(alpha == 255 ? 0 : 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "4, 1", "5, 1", "1, 2", "2, 2", "3, 2", "4, 2", "6, 2"})
  void render_anyKind_everyPixel(int channels, int sampleBytes) throws IOException {
    int[][] samples = samples(channels, sampleBytes);
    SgiMaker maker = SgiMaker.of(WIDTH, HEIGHT, sampleBytes, samples);
    for (byte[] file : new byte[][] {maker.plain(), maker.encoded()}) {
      BufferedImage image = shown(file);
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        assertPixel(image.getRGB(i % WIDTH, i / WIDTH), expected(samples, i, sampleBytes));
      }
    }
  }

  @Test
  void render_cutOffWithinAChannel_showsTheChannelsThereAre() throws IOException {
    int[][] samples = samples(4, 1);
    byte[] plain = SgiMaker.of(WIDTH, HEIGHT, 1, samples).plain();
    byte[] cut = Arrays.copyOf(plain, plain.length - 2 * WIDTH * HEIGHT); // without blue and alpha
    BufferedImage image = shown(cut);

    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int wanted = 0xff << 24 | samples[0][i] << 16 | samples[1][i] << 8 | 128;
      assertThat(image.getRGB(i % WIDTH, i / WIDTH)).isEqualTo(wanted);
    }
    assertThat(THUMBNAILER.render(ImageSource.of(cut), ThumbnailSpec.fit(9, 9)).notes())
        .containsExactly("SGI: picture data ends early; what is missing is gray");
  }

  @Test
  void render_oneDimensionAndManyRows_showsThem() throws IOException {
    byte[] file = SgiMaker.of(WIDTH, HEIGHT, 1, samples(1, 1)).plain();
    BufferedImage gray = shown(file);
    file[5] = 1;

    assertThat(Pictures.maxDifference(shown(file), gray)).isZero();
    file[8] = 0;
    file[9] = 0;
    assertThat(shown(file).getHeight()).isEqualTo(1);
  }

  @Test
  void render_cutOff_isGrayAboveWithANote() throws IOException {
    int[][] samples = samples(1, 2);
    SgiMaker maker = SgiMaker.of(WIDTH, HEIGHT, 2, samples);
    byte[] plain = maker.plain();
    byte[] encoded = maker.encoded();
    byte[] fewRows = Arrays.copyOf(plain, plain.length - 2 * WIDTH * 10);
    byte[] halfRuns = Arrays.copyOf(encoded, encoded.length - 300);
    for (byte[] cut : new byte[][] {fewRows, halfRuns}) {
      ThumbnailSpec spec = ThumbnailSpec.fit(WIDTH, HEIGHT);
      assertThat(THUMBNAILER.render(ImageSource.of(cut), spec).notes())
          .containsExactly("SGI: picture data ends early; what is missing is gray");
      assertThatThrownBy(() -> THUMBNAILER.render(ImageSource.of(cut), spec.strict(true)))
          .isInstanceOf(MalformedImageException.class);
      BufferedImage image = shown(cut);
      assertThat(image.getRGB(WIDTH - 1, 0)).isEqualTo(0xff808080);
      int last = WIDTH * HEIGHT - 1;
      assertPixel(image.getRGB(WIDTH - 1, HEIGHT - 1), expected(samples, last, 2));
    }
  }

  @Test
  void render_withoutPicture_isRefused() {
    byte[] file = SgiMaker.of(WIDTH, HEIGHT, 1, samples(1, 1)).plain();
    byte[] palette = file.clone();
    palette[107] = 3;
    assertThatThrownBy(() -> shown(palette)).isInstanceOf(UnsupportedImageException.class);
    for (int length : new int[] {60, SgiMaker.HEADER_BYTES}) {
      assertThatThrownBy(() -> shown(Arrays.copyOf(file, length)))
          .isInstanceOf(MalformedImageException.class);
    }
    byte[] narrow = file.clone();
    narrow[7] = 0;
    assertThatThrownBy(() -> shown(narrow)).isInstanceOf(MalformedImageException.class);
  }

  @Test
  void render_anyDamage_endsTyped() throws IOException {
    byte[] encoded = SgiMaker.of(WIDTH, HEIGHT, 2, samples(3, 2)).encoded();
    Random random = new Random(1);
    Thumbnailer limited = Thumbnailer.create(Limits.defaults().withPixels(4_000_000));
    for (int i = 0; i < 300; i++) {
      byte[] file = encoded.clone();
      for (int j = random.nextInt(6); j >= 0; j--) {
        int where = random.nextInt(i % 2 == 0 ? 12 : file.length - 12);
        file[i % 2 == 0 ? 2 + where : 12 + where] = (byte) random.nextInt(256);
      }
      try {
        limited.renderImage(ImageSource.of(file), ThumbnailSpec.fit(WIDTH, HEIGHT));
      } catch (ThumbnailException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
