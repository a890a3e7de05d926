package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.function.UnaryOperator;
import net.coobird.thumbnailator.filters.Caption;
import net.coobird.thumbnailator.filters.Colorize;
import net.coobird.thumbnailator.filters.Watermark;
import net.coobird.thumbnailator.geometry.Positions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watermarks and captions match those of Thumbnailator. */
class OverlayTest {

  private static final ThumbnailSpec PLAIN = ThumbnailSpec.fit(60, 40);
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.BOLD, 14);

  private static BufferedImage mark() {
    BufferedImage mark = new BufferedImage(11, 7, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 11; x++) {
        mark.setRGB(x, y, ((x * 23) << 24) | ((y * 36) << 16) | (x * 20));
      }
    }
    return mark;
  }

  private static int[] render(ThumbnailSpec spec) throws IOException {
    BufferedImage source = new BufferedImage(120, 80, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 80; y++) {
      for (int x = 0; x < 120; x++) {
        source.setRGB(x, y, ((x * 2) << 16) | ((y * 3) << 8) | 90);
      }
    }
    BufferedImage image = Thumbnailer.create().renderImage(ImageSource.of(source), spec);
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static int[] render(UnaryOperator<BufferedImage> filter) throws IOException {
    return render(PLAIN.filter("reference", filter));
  }

  @ParameterizedTest
  @CsvSource({
    "CENTER, CENTER",
    "NORTH, TOP_CENTER",
    "NORTH_EAST, TOP_RIGHT",
    "EAST, CENTER_RIGHT",
    "SOUTH_EAST, BOTTOM_RIGHT",
    "SOUTH, BOTTOM_CENTER",
    "SOUTH_WEST, BOTTOM_LEFT",
    "WEST, CENTER_LEFT",
    "NORTH_WEST, TOP_LEFT"
  })
  void watermarkAndCaption_areThoseOfThumbnailator(Gravity gravity, Positions position)
      throws IOException {
    assertThat(render(PLAIN.watermark(mark(), gravity, 0.6)))
        .isEqualTo(render(new Watermark(position, mark(), 0.6f)::apply))
        .isNotEqualTo(render(PLAIN));
    assertThat(render(PLAIN.caption("Abc", FONT, 0xff8000, 0.7, gravity, 3)))
        .isEqualTo(render(new Caption("Abc", FONT, new Color(0xff8000), 0.7f, position, 3)::apply))
        .isNotEqualTo(render(PLAIN));
  }

  @Test
  void filter_ofThumbnailator_fitsAsAMethodReference() throws IOException {
    Colorize red = new Colorize(Color.RED, 0.3f);
    assertThat(render(PLAIN.filter("red", red::apply))).isNotEqualTo(render(PLAIN));
  }

  @Test
  void watermark_text_tellsImagesPlacesAndOpacitiesApart() {
    ThumbnailSpec spec = PLAIN.watermark(mark(), Gravity.SOUTH, 0.5);
    assertThat(PLAIN.watermark(mark(), Gravity.SOUTH, 0.5)).isEqualTo(spec);
    assertThat(spec.toString()).matches("fit:60x40,filter:watermark-[0-9a-f]{16}");
    BufferedImage other = mark();
    other.setRGB(3, 3, 0xff123456);
    assertThat(PLAIN.watermark(other, Gravity.SOUTH, 0.5).hash()).isNotEqualTo(spec.hash());
    assertThat(PLAIN.watermark(mark(), Gravity.NORTH, 0.5).hash()).isNotEqualTo(spec.hash());
    assertThat(PLAIN.watermark(mark(), Gravity.SOUTH, 0.6).hash()).isNotEqualTo(spec.hash());
  }

  @Test
  void watermark_imageChangedLater_hasNoEffect() throws IOException {
    BufferedImage mark = mark();
    ThumbnailSpec spec = PLAIN.watermark(mark, Gravity.CENTER, 1);
    mark.setRGB(5, 3, 0xffffffff);
    assertThat(render(spec)).isEqualTo(render(PLAIN.watermark(mark(), Gravity.CENTER, 1)));
  }

  @Test
  void outOfRange_isRefused() {
    for (double opacity : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PLAIN.watermark(mark(), Gravity.CENTER, opacity))
          .withMessageContaining("opacity");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PLAIN.caption("A", FONT, 0, 1, Gravity.CENTER, -1))
        .withMessageContaining("inset");
  }
}
