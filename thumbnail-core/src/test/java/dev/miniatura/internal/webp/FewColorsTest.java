package dev.miniatura.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FewColorsTest {

  private static final int SIDE = 96;
  private static final double LOSSY_ERROR = 40;

  /** Disks with soft edges, on a background of one color or none. */
  private static int[] disks(int background, int shift) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(background, true));
    graphics.fillRect(0, 0, SIDE, SIDE);
    for (int i = 0; i < 6; i++) {
      graphics.setColor(new Color(40 * i, 255 - 30 * i, 128 + 20 * i));
      graphics.fillOval(12 * i + shift, 10 * i, 30, 26);
    }
    int[] argb = image.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
    return Arrays.stream(argb).map(pixel -> pixel >>> 24 == 0 ? 0 : pixel).toArray();
  }

  private static int[] few(FewColors colors, int[] argb) {
    assertThat(FewColors.isDrawing(argb, SIDE)).isTrue();
    Raster raster = Raster.withAlpha(SIDE, SIDE, ColorKind.RGB);
    for (int i = 0; i < argb.length; i++) {
      for (int c = 0; c < 4; c++) {
        raster.channel(c)[i] = (byte) (argb[i] >> (c == 3 ? 24 : 16 - 8 * c));
      }
    }
    return colors.of(raster, argb, () -> LOSSY_ERROR);
  }

  @Test
  void of_softEdges_haveFewerColorsButFlatAreasKeepTheirs() {
    int[] argb = disks(0xffffffff, 0);
    int[] few = few(new FewColors(), argb);

    long before = Arrays.stream(argb).distinct().count();
    assertThat(before).isGreaterThan(200);
    assertThat(Arrays.stream(few).distinct().count()).isLessThanOrEqualTo(128);
    assertThat(FewColors.error(argb, few)).isPositive().isLessThan(LOSSY_ERROR / 4);
    for (int i = SIDE; i < argb.length - SIDE; i++) {
      if (argb[i] == argb[i - 1] && argb[i] == argb[i - SIDE] && argb[i] == argb[i + SIDE]) {
        assertThat(FewColors.error(new int[] {argb[i]}, new int[] {few[i]})).isLessThan(9);
      }
    }
  }

  @Test
  void of_softTransparentEdges_keepWhatIsClearAndWhatIsOpaque() {
    int[] argb = disks(0, 0);
    int[] few = few(new FewColors(), argb);

    assertThat(few).isNotEqualTo(argb);
    for (int i = 0; i < argb.length; i++) {
      assertThat(few[i] >>> 24).isBetween((argb[i] >>> 24) - 20, (argb[i] >>> 24) + 20);
      if (argb[i] == 0 || argb[i] >>> 24 == 255) {
        assertThat(few[i] >>> 24).isEqualTo(argb[i] >>> 24);
      }
    }
  }

  /** More shades than a palette has, in steps that nobody sees. */
  @Test
  void of_gradient_isLeftAlone() {
    int[] argb = disks(0xffffffff, 0);
    for (int i = 0; i < argb.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      if (argb[i] == 0xffffffff) {
        argb[i] = 0xff000000 | (90 + x / 2) << 16 | (100 + y) << 8 | 70;
      }
    }
    assertThat(few(new FewColors(), argb)).isSameAs(argb);
  }

  /** In fewer colors, it would have visible edges. */
  @Test
  void of_softShadow_isLeftAlone() {
    int[] argb = new int[SIDE * SIDE];
    Arrays.setAll(argb, i -> i % SIDE < 24 ? (9 * (i % SIDE)) << 24 : 0xff20a060);
    assertThat(few(new FewColors(), argb)).isSameAs(argb);
  }

  @Test
  void of_fewColors_isExact() {
    int[] argb = new int[SIDE * SIDE];
    Arrays.setAll(argb, i -> 0xff000000 | 0x123 * (i / SIDE / 8));
    assertThat(few(new FewColors(), argb)).isSameAs(argb);
  }

  @Test
  void of_nextPicture_hasTheSamePalette() {
    FewColors colors = new FewColors();
    int[] one = disks(0xffffffff, 0);
    int[] other = disks(0xffffffff, 2);
    int[] fewOfOne = few(colors, one);
    int[] fewOfOther = few(colors, other);

    assertThat(Arrays.stream(fewOfOther).boxed().toList())
        .isSubsetOf(Arrays.stream(fewOfOne).boxed().toList());
    for (int i = 0; i < one.length; i++) {
      if (one[i] == other[i]) {
        assertThat(fewOfOther[i]).isEqualTo(fewOfOne[i]);
      }
    }
  }

  @Test
  void of_newColor_hasAnotherPalette() {
    FewColors colors = new FewColors();
    few(colors, disks(0xffffffff, 0));
    int[] green = disks(0xff20c040, 0);
    int[] few = few(colors, green);

    assertThat(few[0]).isEqualTo(green[0]);
    assertThat(FewColors.error(green, few)).isLessThan(LOSSY_ERROR / 4);
  }

  @Test
  void of_somethingSmall_keepsItsColor() {
    FewColors colors = new FewColors();
    few(colors, disks(0xffffffff, 0));
    int[] argb = disks(0xffffffff, 0);
    for (int i = 0; i < 64; i++) {
      argb[SIDE * (80 + i / 8) + 4 + i % 8] = 0xff800000 | 0x000900 * (i / 8);
    }
    int[] few = few(colors, argb);

    for (int i = 0; i < 64; i++) {
      int at = SIDE * (80 + i / 8) + 4 + i % 8;
      assertThat(FewColors.error(new int[] {argb[at]}, new int[] {few[at]})).isLessThan(100);
    }
  }
}
