package dev.miniatura.internal.heif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.MalformedImageException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

  /** EXIF 2.32, tag 0x0112: the displayed positions of row 0 and column 0 of the coded picture. */
  @ParameterizedTest
  @CsvSource({
    "0, -1, 1",
    "1, -1, 8",
    "2, -1, 3",
    "3, -1, 6",
    "0, 0, 4",
    "0, 1, 2",
    "1, 0, 5",
    "1, 1, 7",
    "2, 0, 2",
    "2, 1, 4",
    "3, 0, 7",
    "3, 1, 5"
  })
  void orientation_turnedThenFlipped_isThatOfExif(int quarters, int axis, int orientation) {
    Placement placement = Placement.whole(30, 20).rotated(quarters);
    if (axis == 0) {
      placement = placement.flippedRows();
    } else if (axis == 1) {
      placement = placement.flippedColumns();
    }
    assertThat(placement.orientation()).isEqualTo(orientation);
    assertThat(placement.width()).isEqualTo(quarters % 2 == 0 ? 30 : 20);
  }

  /** Draws pixel by pixel what each step does, and compares. */
  @Test
  void from_anySteps_areThoseOfPixels() throws MalformedImageException {
    Random random = new Random(14);
    for (int round = 0; round < 500; round++) {
      int width = 6 + random.nextInt(5);
      int height = 6 + random.nextInt(5);
      Placement placement = Placement.whole(width, height);
      int[][] drawn = new int[height][width];
      for (int i = 0; i < width * height; i++) {
        drawn[i / width][i % width] = i;
      }
      for (int step = 0; step < 4; step++) {
        int w = placement.width();
        int h = placement.height();
        switch (random.nextInt(4)) {
          case 0 -> {
            placement = placement.rotated(1);
            drawn = draw(drawn, h, w, (x, y) -> new int[] {w - 1 - y, x});
          }
          case 1 -> {
            placement = placement.flippedRows();
            drawn = draw(drawn, w, h, (x, y) -> new int[] {x, h - 1 - y});
          }
          case 2 -> {
            placement = placement.flippedColumns();
            drawn = draw(drawn, w, h, (x, y) -> new int[] {w - 1 - x, y});
          }
          default -> {
            int left = random.nextInt(2);
            int top = random.nextInt(2);
            placement = placement.cropped(left, top, w - 1, h - 1);
            drawn =
                draw(
                    drawn,
                    Math.min(w - 1, w - left),
                    Math.min(h - 1, h - top),
                    (x, y) -> new int[] {x + left, y + top});
          }
        }
      }
      for (int y = 0; y < placement.height(); y++) {
        for (int x = 0; x < placement.width(); x++) {
          int u = placement.ux() * x + placement.uy() * y + placement.u0();
          int v = placement.vx() * x + placement.vy() * y + placement.v0();
          assertThat(v * width + u).isEqualTo(drawn[y][x]);
          assertThat(u).isBetween(placement.left(), placement.left() + placement.codedWidth() - 1);
          assertThat(v).isBetween(placement.top(), placement.top() + placement.codedHeight() - 1);
        }
      }
    }
  }

  private interface Origin {
    int[] of(int x, int y);
  }

  private static int[][] draw(int[][] from, int width, int height, Origin origin) {
    int[][] drawn = new int[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int[] at = origin.of(x, y);
        drawn[y][x] = from[at[1]][at[0]];
      }
    }
    return drawn;
  }

  @Test
  void cropped_beyondThePicture_isCutOrRefused() throws MalformedImageException {
    Placement whole = Placement.whole(30, 20);
    Placement cut = whole.cropped(-5, 10, 20, 50);
    assertThat(cut).isEqualTo(new Placement(15, 10, 1, 0, 0, 0, 1, 10));
    assertThatThrownBy(() -> whole.cropped(30, 0, 5, 5))
        .isInstanceOf(MalformedImageException.class);
  }
}
