package dev.miniatura.testing;

import static dev.miniatura.testing.Noise.fractal;
import static dev.miniatura.testing.Noise.step;

import java.awt.image.BufferedImage;

/** Drawn rather than photographed: few colors, flat areas, alpha, paper. */
final class Drawings {

  private Drawings() {}

  /** Hot-air balloons over hills in the morning: upright, with no doubt about where up is. */
  static BufferedImage balloons(int width, int height) {
    double aspect = (double) width / height;
    return Shade.paint(width, height, 2, (x, y) -> balloons(x / aspect, y, aspect));
  }

  private static Shade balloons(double x, double y, double aspect) {
    Shade shade = Shade.mix(0x5aa5d8, 0xfde3bd, step(0.0, 0.72, y));
    double cloud = fractal(x * 2.2, y * 7, 5, 120);
    shade = shade.mix(0xffffff, 0.7 * step(0.52, 0.72, cloud) * step(0.75, 0.4, y));
    for (int i = 0; i < 5; i++) {
      double crest = 0.66 + 0.07 * i - 0.10 * fractal(x * (1.1 + 0.5 * i) + i * 3, i, 4, 121);
      double field = fractal(x * (5 + 3 * i), (y - crest) * 30, 4, 122 + i);
      Shade hill = Shade.mix(0xa9c3b4, 0x3f7a3a, i / 4.0).times(0.86 + 0.28 * field);
      hill = hill.mix(0xd9c45a, 0.5 * step(0.55, 0.6, fractal(x * 4, y * 9, 1, 129 + i)));
      shade = shade.mix(hill, step(crest - 0.001, crest + 0.001, y));
      shade = shade.mix(0xfff2dc, 0.30 * (1 - i / 4.0) * step(0, 0.02, y - crest));
    }
    double[][] spots = {
      {0.20, 0.50, 0.055},
      {0.86, 0.44, 0.045},
      {0.55, 0.58, 0.030},
      {0.74, 0.15, 0.075},
      {0.36, 0.26, 0.170}
    };
    int[][] stripes = {
      {0x2f6db5, 0xf4f0e4},
      {0xf2b632, 0xc8503a},
      {0x7d4fa0, 0xf3d7ec},
      {0x2a9d8f, 0xf5e9c8},
      {0xd93a2b, 0xf8d24a}
    };
    for (int i = 0; i < spots.length; i++) {
      double[] spot = spots[i];
      shade = balloon((x - spot[0]) * aspect / spot[2], (y - spot[1]) / spot[2], stripes[i], shade);
    }
    return shade;
  }

  /** One balloon of radius one: envelope, ropes, basket. */
  private static Shade balloon(double dx, double dy, int[] stripes, Shade behind) {
    Shade shade = behind;
    double narrowing = dy > 0.25 ? 1 - 0.62 * step(0.1, 1.5, dy) : 1;
    double half =
        dy > 1.18 ? 0 : narrowing * Math.sqrt(Math.max(0, 1 - dy * dy * (dy > 0 ? 0.42 : 1)));
    double around = dx / (half + 1e-9);
    if (Math.abs(around) < 1) {
      double gore = (StrictMath.asin(around) / StrictMath.PI + 0.5) * 8;
      boolean odd = (int) Math.floor(gore) % 2 == 0;
      double light = 0.70 + 0.38 * step(-1, 0.8, -around - 0.35 * dy) - 0.12 * step(0.2, 1.2, dy);
      double seam = 1 - 0.18 * step(0.46, 0.5, Math.abs(gore - Math.floor(gore) - 0.5));
      boolean band = Math.abs(dy - 0.38) < 0.10;
      return Shade.of(odd ^ band ? stripes[0] : stripes[1]).times(light * seam);
    }
    boolean rope =
        dy > 1.1 && dy < 1.5 && Math.abs(Math.abs(dx) - 0.33 + 0.42 * (dy - 1.1)) < 0.014;
    boolean basket = dy > 1.45 && dy < 1.70 && Math.abs(dx) < 0.19 - 0.10 * (dy - 1.45);
    if (basket) {
      boolean weave = ((int) Math.floor(dx * 40) + (int) Math.floor(dy * 40)) % 2 == 0;
      shade = Shade.of(weave ? 0x8a5a2e : 0x6e4522).times(dy < 1.50 ? 1.3 : 1);
    }
    return rope ? Shade.of(0x4a3a2c) : shade;
  }

  /** A harbor town at dusk in some dozen flat colors. */
  static BufferedImage skyline(int width, int height) {
    return Shade.paint(width, height, 1, Drawings::skyline);
  }

  private static Shade skyline(double x, double y) {
    int[] sky = {0x1f1d4a, 0x3a2a66, 0x6a3a7c, 0xa84f83, 0xe0707a, 0xf59b6e, 0xfbc779};
    double quay = 0.80;
    double mirrored = y > quay ? quay - (y - quay) * 1.6 : y;
    boolean water = y > quay;
    double shift = water ? 0.006 * Math.floor(3 * Noise.at((int) Math.floor(y * 90), 0, 130)) : 0;
    Shade shade = Shade.of(sky[(int) Math.max(0, Math.min(6, Math.floor(mirrored / quay * 7)))]);
    if (StrictMath.hypot(x - 1.08, mirrored - 0.52) < 0.13) {
      shade = Shade.of(0xffe9a8);
    }
    int[] walls = {0x5b3568, 0x40285a, 0x261b42};
    for (int row = 0; row < 3; row++) {
      double wide = 0.075 + 0.025 * row;
      double place = (x + shift + row * 0.031) / wide;
      int house = (int) Math.floor(place);
      double tall = (0.46 - 0.11 * row) * (0.45 + 0.55 * Noise.at(house, row, 131));
      double inside = place - house;
      double up = quay - mirrored;
      double roof = Noise.at(house, row, 132) < 0.45 ? 0.06 * (1 - 2 * Math.abs(inside - 0.5)) : 0;
      if (up < tall + roof) {
        shade = Shade.of(walls[row]);
        int column = (int) Math.floor(inside * 5);
        int floor = (int) Math.floor(up / 0.030);
        double wx = inside * 5 - column;
        double wy = up / 0.030 - floor;
        boolean pane = column > 0 && column < 4 && wx > 0.25 && wx < 0.80 && wy > 0.3 && wy < 0.85;
        if (pane
            && up < tall - 0.03
            && Noise.at(house * 7 + column, floor + row * 50, 133) < 0.42) {
          shade = Shade.of(row == 0 ? 0xd9a05f : 0xffd76b);
        }
      }
    }
    return water ? shade.mix(0x17153a, 0.45) : shade;
  }

  /** A round emblem with an opaque middle, smooth edges and a soft shadow around it. */
  static BufferedImage emblem(int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        Shade sum = new Shade(0, 0, 0);
        double covered = 0;
        for (int i = 0; i < 9; i++) {
          double x = (column + (i % 3 + 0.5) / 3) / size * 2 - 1;
          double y = (row + Math.floor(i / 3.0) / 3 + 1 / 6.0) / size * 2 - 1;
          if (StrictMath.hypot(x, y + 0.04) < 0.88) {
            sum = sum.plus(emblem(x, y + 0.04));
            covered += 1 / 9.0;
          }
        }
        double x = (column + 0.5) / size * 2 - 1;
        double y = (row + 0.5) / size * 2 - 1;
        double shadow = 0.45 * step(1.0, 0.78, StrictMath.hypot(x, y - 0.02));
        double alpha = covered + (1 - covered) * shadow;
        int color = alpha == 0 ? 0 : sum.times(1 / 9.0 / alpha).rgb() & 0xffffff;
        image.setRGB(column, row, (int) (255 * alpha + 0.5) << 24 | color);
      }
    }
    return image;
  }

  private static Shade emblem(double x, double y) {
    double rim = StrictMath.hypot(x, y);
    if (rim > 0.80) {
      return Shade.mix(0xf7f3e8, 0xe3d9bf, (y + 1) / 2);
    }
    Shade shade = Shade.mix(0x1c4e80, 0xf7a65a, step(-0.8, 0.45, y));
    if (StrictMath.hypot(x - 0.30, y + 0.22) < 0.19) {
      shade = Shade.of(0xfff0bf);
    }
    double left = -0.42 + 0.95 * Math.abs(x + 0.22);
    double right = -0.12 + 0.85 * Math.abs(x - 0.38);
    if (y > right) {
      shade =
          Shade.of(
              y < right + 0.13 - 0.06 * Math.abs(StrictMath.sin(x * 26))
                  ? 0xf2f4f8
                  : x > 0.38 ? 0x39566f : 0x4c6f8c);
    }
    if (y > left) {
      shade =
          Shade.of(
              y < left + 0.17 - 0.07 * Math.abs(StrictMath.sin(x * 22))
                  ? 0xffffff
                  : x > -0.22 ? 0x28445c : 0x3c6482);
    }
    double wave = 0.44 + 0.025 * StrictMath.sin(x * 16);
    if (y > wave) {
      shade = Shade.of(0x1f7a8c);
    }
    return y > wave + 0.14 ? Shade.of(0x14586a) : shade;
  }

  /** One moment (0 to 1) of a day at sea. */
  static BufferedImage day(int width, int height, double moment) {
    double angle = StrictMath.PI * (2 * moment - 0.5);
    double bright = step(-0.35, 0.6, StrictMath.sin(angle));
    double dusk = 1 - step(0.05, 0.55, Math.abs(StrictMath.sin(angle)));
    return Shade.paint(
        width,
        height,
        2,
        (x, y) -> {
          Shade sky = Shade.mix(0x0b1238, 0x58b0ea, bright);
          sky = sky.mix(Shade.mix(0x1f2a5c, 0xd8f0fa, bright), Math.floor(y / 0.7 * 6) / 8);
          sky = sky.mix(0xf08a4a, dusk * 0.75 * Math.floor(Math.max(0, y / 0.7) * 6) / 6);
          double sun =
              StrictMath.hypot(
                  x - 0.75 + 0.55 * StrictMath.cos(angle), y - 0.72 + 0.55 * StrictMath.sin(angle));
          double moon =
              StrictMath.hypot(
                  x - 0.75 - 0.55 * StrictMath.cos(angle), y - 0.72 - 0.55 * StrictMath.sin(angle));
          Shade shade = moon < 0.055 ? Shade.of(0xe9ecf5) : sky;
          shade = sun < 0.08 ? Shade.of(0xffe36a) : shade;
          for (int wave = 0; wave < 4; wave++) {
            double phase =
                2
                    * StrictMath.PI
                    * (x * (2.5 - 0.4 * wave) + (wave % 2 == 0 ? moment : -moment) * 2);
            double crest = 0.70 + 0.075 * wave + 0.014 * StrictMath.sin(phase);
            if (y > crest) {
              shade =
                  Shade.mix(0x10284f, 0x2f8fb8, bright)
                      .times(1 - 0.15 * wave)
                      .mix(0xf08a4a, dusk * 0.15);
            }
            if (wave == 1) {
              shade =
                  boat(
                      x - 0.45,
                      y - 0.765 - 0.012 * StrictMath.sin(2 * StrictMath.PI * 2 * moment),
                      shade);
            }
          }
          return shade;
        });
  }

  private static Shade boat(double dx, double dy, Shade behind) {
    boolean hull = dy > -0.01 && dy < 0.05 && Math.abs(dx) < 0.12 - dy * 0.8;
    boolean sail = dy < -0.025 && dy > -0.27 && dx > 0.006 && dx < (0.27 + dy) * 0.45;
    boolean jib = dy < -0.045 && dy > -0.23 && dx < -0.006 && -dx < (0.23 + dy) * 0.42;
    boolean mast = Math.abs(dx) < 0.004 && dy < 0 && dy > -0.28;
    return hull
        ? Shade.of(0x8c2f2a)
        : sail ? Shade.of(0xf7f2e4) : jib ? Shade.of(0xe9d9b8) : mast ? Shade.of(0x4a3020) : behind;
  }

  /** A page from a scanner, not quite straight: an engraving above lines of writing. */
  static BufferedImage page(int width, int height) {
    return Shade.paint(
        width,
        height,
        2,
        (x, y) -> {
          double u = x + 0.012 * (y - 0.5);
          double v = y - 0.012 * (x - 0.35);
          double aspect = (double) width / height;
          double tone =
              244
                  - 9 * step(0.90, 1, v)
                  - 14 * step(0.05, 0, u)
                  - 3 * Noise.smooth(u * 9, v * 9, 140);
          double ink =
              v < 0.47 ? engraving(u - 0.09, v - 0.08, aspect - 0.18) : writing(u, v, aspect);
          double value = Noise.mix(tone, 42, ink);
          return new Shade(value, value, value);
        });
  }

  /** Hatching whose lines grow thicker where the picture is darker. */
  private static double engraving(double u, double v, double wide) {
    if (u < 0 || v < 0 || u > wide || v > 0.36) {
      return 0;
    }
    if (u < 0.003 || v < 0.003 || u > wide - 0.003 || v > 0.357) {
      return 1;
    }
    int seen = lakeAt(u / wide * 1.5, v / 0.36);
    double line = v * 150 + 0.5 * Noise.smooth(u * 12, v * 6, 141);
    double away = Math.abs(line - Math.floor(line) - 0.5) * 2;
    double thick = 1 - seen / 255.0;
    return step(thick + 0.12, thick - 0.12, away);
  }

  private static int lakeAt(double x, double y) {
    return Pictures.luma(Landscapes.lake(x, y).rgb());
  }

  /** Strokes in the rhythm of words: no letters, but seen small it is a text. */
  private static double writing(double u, double v, double aspect) {
    double line = (v - 0.50) / 0.031;
    int number = (int) Math.floor(line);
    double end = number % 5 == 4 ? 0.45 * aspect : aspect - 0.10;
    double start = number % 5 == 0 ? 0.13 : 0.09;
    if (number < 0 || number > 13 || u < start || u > end) {
      return 0;
    }
    double letter = (u - start) / 0.0085;
    int index = (int) Math.floor(letter);
    if (Noise.at(index, number, 142) < 0.17) {
      return 0;
    }
    double rise = 0.32 + (Noise.at(index, number, 143) < 0.25 ? -0.20 : 0);
    double fall = 0.70 + (Noise.at(index, number, 144) < 0.15 ? 0.18 : 0);
    double y = line - number;
    double x = letter - index - 0.5;
    double bow = 0.30 * StrictMath.sin((y - rise) / (fall - rise) * StrictMath.PI);
    double side = Noise.at(index, number, 145) < 0.5 ? bow - 0.25 : 0.25 - bow;
    double stem = step(0.14, 0.06, Math.abs(x - side));
    double bar = step(0.10, 0.04, Math.abs(y - 0.5)) * step(0.42, 0.34, Math.abs(x));
    return y < rise || y > fall ? 0 : Math.max(stem, Noise.at(index, number, 146) < 0.6 ? bar : 0);
  }
}
