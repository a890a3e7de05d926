package dev.miniatura.testing;

import static dev.miniatura.testing.Noise.fractal;
import static dev.miniatura.testing.Noise.step;

import java.awt.image.BufferedImage;

/** Outdoor pictures, painted from value noise. */
final class Landscapes {

  private static final double SHORE = 0.60;

  private Landscapes() {}

  /** A mountain lake in the last light, with everything mirrored in the water. */
  static BufferedImage lake(int width, int height) {
    return Shade.paint(width, height, 1, Landscapes::lake);
  }

  static Shade lake(double x, double y) {
    Shade shade = y < SHORE ? shore(x, y) : water(x, y);
    return meadow(x, y, shade);
  }

  private static Shade shore(double x, double y) {
    Shade shade = sky(x, y);
    double far = 0.66 - 0.72 * StrictMath.pow(ridged(x * 1.25 + 0.3, 21), 1.6);
    shade = rock(x, y, far, shade, 0x66779c, 0.33, 22);
    double middle = 0.60 - 0.30 * StrictMath.pow(ridged(x * 1.9 + 3.3, 23), 1.5);
    shade = rock(x, y, middle, shade, 0x4f6069, 0.31, 24);
    double hills = 0.575 - 0.07 * fractal(x * 3, 1, 4, 25);
    shade =
        shade.mix(Shade.mix(0x3f5a52, 0x6d8468, fractal(x * 40, y * 60, 3, 26)), edge(y, hills));
    double mist = step(0.42, SHORE, y) * 0.55 * fractal(x * 2, y * 14, 4, 27);
    shade = shade.mix(0xf3dcc0, mist);
    return firs(x, y, shade, SHORE, 34, 0.11, 0x1d2f2b, 28);
  }

  private static Shade sky(double x, double y) {
    Shade shade =
        Shade.mix(0x2a5a9c, 0x8fb9dc, step(0, 0.30, y)).mix(0xfbd3a0, step(0.08, 0.42, y));
    double distance = StrictMath.hypot(x - 1.12, (y - 0.31) * 1.1);
    shade = shade.mix(0xfff0c4, 0.95 / (1 + 40 * distance * distance));
    double wisps = fractal(x * 1.5 + 0.3 * fractal(x * 3, y * 9, 3, 29), y * 6.5, 6, 30);
    double cloud = step(0.50, 0.74, wisps) * (1 - step(0.34, 0.5, y));
    Shade lit =
        Shade.mix(0xffffff, 0xffcf9e, step(0.1, 0.42, y)).mix(0x9fa9c4, step(0.62, 0.9, wisps));
    return shade.mix(lit, 0.85 * cloud);
  }

  /** Ridged noise: valleys are round and crests are sharp. */
  private static double ridged(double x, int seed) {
    double sum = 0;
    double weight = 0.5;
    for (int octave = 0; octave < 7; octave++) {
      double scale = 1 << octave;
      sum += weight * (1 - Math.abs(2 * Noise.smooth(x * scale, 0.5 + octave, seed) - 1));
      weight /= 2;
    }
    return sum;
  }

  private static double edge(double y, double top) {
    return step(top - 0.0006, top + 0.0006, y);
  }

  private static Shade rock(
      double x, double y, double top, Shade behind, int color, double snow, int seed) {
    double down = y - top;
    if (down < -0.001) {
      return behind;
    }
    double warp = 0.5 * fractal(x * 6, y * 6, 3, seed + 1);
    double here = fractal(x * 11 + warp, y * 7 + warp, 6, seed);
    double towardsSun = fractal(x * 11 + warp + 0.05, y * 7 + warp - 0.05, 6, seed);
    double light = Math.max(-1, Math.min(1, (here - towardsSun) * 9));
    Shade face =
        Shade.of(color).times(0.86 + 0.22 * light).mix(0xffc38a, Math.max(0, light) * 0.38);
    double cover = step(-0.03, 0.03, snow - y + 0.5 * (here - 0.5) + 0.04 * light);
    Shade white = Shade.mix(0xaebfdd, 0xfff1de, step(-0.5, 0.5, light));
    face = face.mix(white, cover * 0.92);
    double haze = step(0.0, 0.34, down) * 0.36;
    return behind.mix(face.mix(0xd8cfc8, haze), edge(y, top));
  }

  /** A row of firs: each a stack of ragged triangles on its own spot of the shore. */
  private static Shade firs(
      double x,
      double y,
      Shade behind,
      double ground,
      double density,
      double tall,
      int color,
      int seed) {
    Shade shade = behind;
    int cell = (int) Math.floor(x * density);
    for (int i = cell - 2; i <= cell + 2; i++) {
      double grove = step(0.40, 0.62, Noise.smooth(i * 0.09, 0, seed + 3));
      double height = tall * (0.25 + 0.75 * Noise.at(i, 1, seed)) * (0.30 + 0.70 * grove);
      double middle = (i + Noise.at(i, 2, seed)) / density;
      double down = y - (ground - height);
      double storey = down * 90 - Math.floor(down * 90);
      double ragged = 0.6 + 0.55 * storey + 0.35 * (fractal(x * 300, y * 260, 2, seed) - 0.5);
      double half = Math.max(0, down) * 0.20 * ragged;
      double inside = step(-0.0008, 0.0008, half - Math.abs(x - middle));
      if (down > 0 && inside > 0) {
        double lit = step(-0.6, 1.4, (x - middle) / (half + 1e-9)) * 0.5;
        shade = shade.mix(Shade.of(color).mix(0x7d7a4a, lit * storey), inside);
      }
    }
    return shade;
  }

  private static Shade water(double x, double y) {
    double depth = y - SHORE;
    double ripple = fractal(x * 14, depth * 160 / (0.35 + depth * 3), 4, 40) - 0.5;
    double swell = ripple * (0.004 + 0.09 * depth);
    double mirrored = Math.max(0, SHORE - depth * 1.18 - swell);
    Shade reflection = shore(x + swell * 0.4, mirrored);
    double dark = 0.12 + 0.5 * depth + 0.25 * step(0.1, 0.35, ripple);
    Shade shade = reflection.times(0.93).mix(0x17435e, Math.min(0.8, dark));
    double glint = step(0.16, 0.30, ripple) * step(0.36, 0.0, Math.abs(x - 1.12));
    double line = 1 - step(0.0, 0.006, depth);
    return shade.mix(0xffe9bd, 0.45 * glint).mix(0x1a2a28, 0.6 * line);
  }

  /** Grass and flowers on the near bank. */
  private static Shade meadow(double x, double y, Shade behind) {
    double bank = 0.90 - 0.09 * step(0.5, -0.1, x) - 0.05 * fractal(x * 2.5, 3, 4, 50);
    double blades = 0.05 * fractal(x * 120 + 2 * y, 2 * y, 2, 51);
    double down = y - bank + blades;
    if (down < 0) {
      return behind;
    }
    double blade = fractal(x * 170 + 30 * fractal(x * 5, y * 5, 2, 52) * y, y * 26, 4, 53);
    double patch = fractal(x * 5, y * 8, 3, 54);
    Shade shade = Shade.mix(0x1f3a1c, 0x8ea548, step(0.2, 0.85, blade)).mix(0xc0a94e, 0.35 * patch);
    shade = shade.times(0.75 + 1.6 * Math.min(0.2, down));
    return flowers(x, y, down, shade);
  }

  private static Shade flowers(double x, double y, double down, Shade behind) {
    Shade shade = behind;
    int column = (int) Math.floor(x * 36);
    int row = (int) Math.floor(y * 36);
    for (int i = 0; i < 9; i++) {
      int cx = column + i % 3 - 1;
      int cy = row + i / 3 - 1;
      double kind = Noise.at(cx, cy, 55);
      double dx = x - (cx + Noise.at(cx, cy, 56)) / 36;
      double dy = y - (cy + Noise.at(cx, cy, 57)) / 36;
      double size = 0.0035 + 0.0055 * Noise.at(cx, cy, 58);
      double angle = StrictMath.atan2(dy, dx) * 2.5 + kind * 40;
      double petals = size * (0.72 + 0.28 * Math.abs(StrictMath.cos(angle)));
      double distance = StrictMath.hypot(dx, dy * 1.25);
      if (kind < 0.45 && down > 0.03 && distance < petals) {
        int color =
            kind < 0.14 ? 0xf4f1f6 : kind < 0.26 ? 0xe8508a : kind < 0.36 ? 0xb48be0 : 0xf6c52e;
        shade = Shade.of(color).times(1.05 - 0.35 * distance / size);
        shade = shade.mix(0xf2a81c, 1 - step(0.2, 0.32, distance / size));
      }
    }
    return shade;
  }

  /** Dunes in the evening, four times as wide as high. */
  static BufferedImage dunes(int width, int height) {
    return Shade.paint(width, height, 1, Landscapes::dunes);
  }

  private static Shade dunes(double x, double y) {
    Shade shade = Shade.mix(0x3b4f8f, 0xd98a9a, step(0, 0.42, y)).mix(0xffcf8a, step(0.2, 0.58, y));
    double streak = fractal(x * 0.9 + 4, y * 12, 5, 60);
    shade = shade.mix(0xffb08a, 0.7 * step(0.52, 0.8, streak) * step(0.55, 0.15, y));
    double sun = StrictMath.hypot(x - 3.05, y - 0.40);
    shade =
        shade.mix(0xffe9b0, 1 / (1 + 55 * sun * sun)).mix(0xfff8e6, 1 - step(0.040, 0.043, sun));
    for (int layer = 0; layer < 6; layer++) {
      double near = layer / 5.0;
      double scale = 2.1 - 1.5 * near;
      double bend = x * scale + layer * 7.3 + 0.35 * Noise.smooth(x * scale * 1.7, layer, 61);
      double wave = Math.abs(2 * Noise.smooth(bend, layer * 3.1, 62) - 1);
      double crest = 0.47 + 0.085 * layer - (0.05 + 0.11 * near) * (1 - wave) * (1 - wave);
      double down = y - crest;
      if (down > 0) {
        double foot =
            bend + scale * down * (1.1 + 3 * down) - 0.25 * down * Noise.smooth(x * 4, 1, 64);
        double here = Math.abs(2 * Noise.smooth(foot, layer * 3.1, 62) - 1);
        double next = Math.abs(2 * Noise.smooth(foot + 0.02, layer * 3.1, 62) - 1);
        double lit = Noise.mix(step(-0.014, 0.014, next - here + 0.004), 0.75, step(0, 0.3, down));
        double ripples = fractal(x * 9 + 40 * down, y * 150 / (0.4 + near) + 8 * wave, 3, 63) - 0.5;
        Shade sand = Shade.mix(0x6b3d4e, 0xe9a066, lit * (1 - 0.8 * Math.min(1, down * 2.2)));
        sand = sand.times(1 + (0.10 + 0.18 * near) * ripples);
        shade = shade.mix(sand.mix(0xe9a78e, 0.55 * (1 - near)), step(0, 0.0015, down));
      }
    }
    return caravan(x, y, shade);
  }

  /** Five riders on the ridge, a few pixels each: what a small thumbnail must not lose at once. */
  private static Shade caravan(double x, double y, Shade behind) {
    for (int i = 0; i < 5; i++) {
      double dx = (x - 1.20 - i * 0.045) / 0.011;
      double dy = (y - 0.468 - 0.004 * (i % 2)) / 0.011;
      boolean legs = dy > 0 && dy < 1.1 && Math.abs(Math.abs(dx) - 0.55) < 0.14;
      boolean body = dx * dx + (dy + 0.1) * (dy + 0.1) * 3 < 0.9;
      boolean hump = dx * dx * 6 + (dy + 0.7) * (dy + 0.7) * 3 < 0.7;
      boolean neck = Math.abs(dx - 0.9 + 0.2 * dy) < 0.14 && dy > -1.1 && dy < 0;
      if (legs || body || hump || neck) {
        return Shade.of(0x3a2233);
      }
    }
    return behind;
  }

  /** Northern lights over a frozen bay. */
  static BufferedImage aurora(int width, int height) {
    return Shade.paint(width, height, 1, Landscapes::aurora);
  }

  private static Shade aurora(double x, double y) {
    double horizon = 0.74;
    if (y > horizon) {
      double depth = y - horizon;
      double wobble = fractal(x * 9, depth * 120 / (0.3 + depth), 4, 70) - 0.5;
      double stretch = 2.3 + 3 * depth;
      Shade mirrored = night(x + wobble * 0.03, horizon - depth * stretch - wobble * 0.22 * depth);
      double shimmer = 0.62 + 0.5 * step(-0.1, 0.3, wobble);
      return mirrored.times(shimmer).mix(0x0d3140, 0.25).mix(0x9fd8cf, 0.4 * step(0.004, 0, depth));
    }
    return night(x, y);
  }

  private static Shade night(double x, double y) {
    Shade shade = Shade.mix(0x050a20, 0x16324f, step(0, 0.75, y));
    shade = shade.plus(stars(x, y, 90, 72)).plus(stars(x, y, 210, 73).times(0.5));
    for (int curtain = 0; curtain < 3; curtain++) {
      double fold = fractal(x * 1.3 + curtain * 5, 0.3, 4, 74 + curtain) - 0.5;
      double foot = 0.46 - 0.11 * curtain + 0.55 * fold;
      double above = foot - y;
      double ray = fractal(x * 26 + 30 * fold, y * 0.9 + curtain, 3, 78);
      double fade = above > 0 ? step(0.42, 0, above) : step(-0.035, 0, above);
      double strength = fade * (0.35 + 1.0 * step(0.3, 0.8, ray)) * (0.85 - 0.2 * curtain);
      Shade color =
          Shade.mix(0x35ff9a, 0x8a4dff, step(0.08, 0.36, above))
              .mix(0xff5fa8, step(0.01, -0.03, above) * 0.4);
      shade = shade.plus(color.times(0.62 * strength));
    }
    double ridge = 0.74 - 0.17 * StrictMath.pow(ridged(x * 1.1 + 2.2, 79), 1.7);
    double snow = fractal(x * 24 + 20 * y, y * 16, 5, 80);
    Shade hills =
        Shade.mix(0x0c1a2b, 0x3f6f7c, step(0.3, 0.9, snow) * (0.25 + 2 * Math.max(0, y - ridge)));
    return shade.mix(hills, edge(y, ridge));
  }

  private static Shade stars(double x, double y, double density, int seed) {
    int column = (int) Math.floor(x * density);
    int row = (int) Math.floor(y * density);
    double dx = x * density - column - 0.2 - 0.6 * Noise.at(column, row, seed + 100);
    double dy = y * density - row - 0.2 - 0.6 * Noise.at(column, row, seed + 200);
    double bright = StrictMath.pow(Noise.at(column, row, seed + 300), 14);
    double size = 0.03 + 0.16 * bright;
    double light = bright * step(size, 0, Math.sqrt(dx * dx + dy * dy));
    return Shade.mix(0xffe2c4, 0xd5e4ff, Noise.at(column, row, seed + 400)).times(1.3 * light);
  }

  /** A sky after sunset with 16 bits per sample: 8 bits show steps in it. */
  static BufferedImage afterglow(int width, int height) {
    return Shade.paintDeep(width, height, Landscapes::afterglow);
  }

  private static Shade afterglow(double x, double y) {
    double ridge = 0.80 - 0.16 * StrictMath.pow(ridged(x * 0.8 + 5.2, 85), 1.6);
    Shade shade =
        Shade.mix(0x0b1a3f, 0x3d4f92, step(0, 0.55, y)).mix(0xe88a5c, step(0.28, 0.84, y));
    double glow = StrictMath.hypot((x - 0.95) * 0.8, y - 0.80);
    shade = shade.mix(0xffdf9c, 0.9 / (1 + 14 * glow * glow));
    double moon = StrictMath.hypot(x - 0.42, y - 0.22);
    double shadow = StrictMath.hypot(x - 0.405, y - 0.205);
    shade = shade.plus(Shade.of(0xfff6dc).times(0.12 / (1 + 300 * moon * moon)));
    shade = shade.mix(0xfff8e4, step(0.038, 0.034, moon) * step(0.034, 0.038, shadow));
    return shade.mix(
        Shade.mix(0x1c1e3a, 0x05060f, step(0, 0.3, y - ridge)), step(-0.002, 0.002, y - ridge));
  }
}
