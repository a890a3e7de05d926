package dev.miniatura.testing;

import static dev.miniatura.testing.Noise.fractal;
import static dev.miniatura.testing.Noise.step;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** Indoor pictures: glazed spheres, slices of citrus, tulips. */
final class StillLifes {

  private static final double[] LIGHT = normalized(-0.55, 0.78, -0.42);

  private record Ball(double x, double z, double radius, int color, double gloss) {}

  private static final Ball[] BALLS = {
    new Ball(-1.35, 5.2, 0.95, 0xc8342c, 0.22),
    new Ball(0.55, 6.1, 1.25, 0x2c6f8e, 0.30),
    new Ball(2.25, 5.0, 0.70, 0xe6a32b, 0.18),
    new Ball(-0.25, 4.1, 0.48, 0xeee8dc, 0.35),
    new Ball(1.15, 3.9, 0.36, 0x5f8f3e, 0.20),
    new Ball(-2.55, 6.6, 0.75, 0x7a4d9a, 0.25)
  };

  private StillLifes() {}

  /** Six glazed balls on a table by a window, ray-traced. */
  static BufferedImage balls(int width, int height) {
    double middle = 0.5 * width / height;
    return Shade.paint(
        width,
        height,
        2,
        (x, y) -> {
          double[] ray = normalized(x - middle, 0.27 - (y - 0.5) * 0.98 - 0.42, 1.15);
          return trace(0, 1.75, -0.4, ray, 3);
        });
  }

  private static Shade trace(double ox, double oy, double oz, double[] ray, int bounces) {
    Ball nearest = null;
    double distance = Double.POSITIVE_INFINITY;
    for (Ball ball : BALLS) {
      double hit = hit(ball, ox, oy, oz, ray);
      if (hit < distance) {
        distance = hit;
        nearest = ball;
      }
    }
    double toTable = ray[1] < 0 ? -oy / ray[1] : Double.POSITIVE_INFINITY;
    if (nearest != null && distance < toTable) {
      return ball(nearest, ox, oy, oz, ray, distance, bounces);
    }
    if (toTable < 40) {
      return table(ox + ray[0] * toTable, oz + ray[2] * toTable, ray, bounces);
    }
    return wall(ray);
  }

  private static double hit(Ball ball, double ox, double oy, double oz, double[] ray) {
    double cx = ox - ball.x;
    double cy = oy - ball.radius;
    double cz = oz - ball.z;
    double along = cx * ray[0] + cy * ray[1] + cz * ray[2];
    double gap = cx * cx + cy * cy + cz * cz - ball.radius * ball.radius;
    double square = along * along - gap;
    double distance = -along - Math.sqrt(Math.max(0, square));
    return square > 0 && distance > 1e-6 ? distance : Double.POSITIVE_INFINITY;
  }

  private static Shade ball(
      Ball ball, double ox, double oy, double oz, double[] ray, double distance, int bounces) {
    double x = ox + ray[0] * distance;
    double y = oy + ray[1] * distance;
    double z = oz + ray[2] * distance;
    double[] normal = normalized(x - ball.x, y - ball.radius, z - ball.z);
    double facing = dot(normal, LIGHT);
    double lit = Math.max(0, facing) * sunlight(x, y, z, ball);
    double sky = 0.30 + 0.20 * normal[1];
    double table = Math.max(0, -normal[1]) * 0.25;
    double glaze = 0.93 + 0.14 * fractal(normal[0] * 4 + ball.x, normal[1] * 4 + 9, 4, 90);
    Shade shade = Shade.of(ball.color).times((sky + 0.95 * lit) * glaze);
    shade = shade.plus(Shade.of(0x8a5a34).times(table));
    double[] mirrored = reflected(ray, normal);
    double shine = StrictMath.pow(Math.max(0, dot(mirrored, LIGHT)), 60);
    if (bounces > 0) {
      double grazing = StrictMath.pow(1 - Math.max(0, -dot(ray, normal)), 4);
      Shade seen = trace(x, y, z, mirrored, bounces - 1);
      shade = shade.mix(seen, ball.gloss + (0.8 - ball.gloss) * grazing);
    }
    return shade.plus(new Shade(255, 246, 228).times(0.9 * shine * sunlight(x, y, z, ball)));
  }

  private static Shade table(double x, double z, double[] ray, int bounces) {
    double plank = Math.floor(z * 0.9);
    double gap = step(0.985, 0.995, Math.abs(z * 0.9 - plank - 0.5) * 2);
    double tone = Noise.at((int) plank, 3, 91);
    double warp = 2.2 * fractal(x * 0.5 + plank * 9, z * 2, 3, 92);
    double grain = fractal(x * 1.2 + plank * 17, z * 26 + 9 * warp, 5, 93);
    Shade wood = Shade.mix(0x5c3620, 0xb98152, grain).times(0.85 + 0.25 * tone);
    wood = wood.mix(0x24130b, 0.8 * gap);
    double light = 0.36 + 0.62 * sunlight(x, 0, z, null) * LIGHT[1];
    double contact = 1;
    for (Ball ball : BALLS) {
      double away = StrictMath.hypot(x - ball.x, z - ball.z) / ball.radius;
      contact *= 0.35 + 0.65 * step(0.1, 1.5, away);
    }
    Shade shade = wood.times(light * (0.45 + 0.55 * contact) * 1.15);
    if (bounces > 0) {
      double[] up = {ray[0], -ray[1], ray[2]};
      double grazing = StrictMath.pow(1 - up[1], 5);
      shade = shade.mix(trace(x, 1e-6, z, up, bounces - 1), 0.06 + 0.34 * grazing);
    }
    return shade;
  }

  private static Shade wall(double[] ray) {
    double side = ray[0] / Math.max(0.05, ray[2]);
    double up = ray[1] / Math.max(0.05, Math.abs(ray[2]));
    Shade shade = Shade.mix(0x7c8c86, 0xd9d3c0, step(0.9, -0.9, side + 0.4 * up));
    boolean window = ray[2] < 0 && Math.abs(side) < 6 && up > 0.25 && up < 1.9;
    boolean bar = Math.abs(side) < 0.08 || Math.abs(up - 1.05) < 0.05;
    double plaster = fractal(side * 9, up * 9, 4, 94) - 0.5;
    return window && !bar ? Shade.of(0xfdfaf0) : shade.times(1 + 0.10 * plaster);
  }

  /** How much of the window a point sees, 0 to 1: shadows are soft because the window is wide. */
  private static double sunlight(double x, double y, double z, @Nullable Ball self) {
    double light = 1;
    for (Ball ball : BALLS) {
      double dx = ball.x - x;
      double dy = ball.radius - y;
      double dz = ball.z - z;
      double along = dx * LIGHT[0] + dy * LIGHT[1] + dz * LIGHT[2];
      if (ball.equals(self) || along < 0) {
        continue;
      }
      double away = Math.sqrt(Math.max(0, dx * dx + dy * dy + dz * dz - along * along));
      double blur = 0.10 + 0.16 * along;
      light *= step(ball.radius - blur, ball.radius + blur, away);
    }
    return light;
  }

  private static double[] reflected(double[] ray, double[] normal) {
    double twice = 2 * dot(ray, normal);
    return new double[] {
      ray[0] - twice * normal[0], ray[1] - twice * normal[1], ray[2] - twice * normal[2]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double[] normalized(double x, double y, double z) {
    double length = Math.sqrt(x * x + y * y + z * z);
    return new double[] {x / length, y / length, z / length};
  }

  /** Slices of orange, lemon, lime and grapefruit on slate. */
  static BufferedImage citrus(int width, int height) {
    return Shade.paint(width, height, 2, StillLifes::citrus);
  }

  private static Shade citrus(double x, double y) {
    double stone = fractal(x * 3, y * 3, 6, 100);
    double vein = Math.abs(fractal(x * 2 + stone, y * 2, 5, 101) - 0.5);
    Shade shade = Shade.mix(0x21424a, 0x37666c, stone).mix(0x8fb3b0, 0.25 * step(0.02, 0, vein));
    int[][] fruits = {
      {0xf08a1c, 0xffb347, 0xf6e3bd}, {0xf2cf2a, 0xffe873, 0xfbf4d4},
      {0x6fa32c, 0xb9dc72, 0xeef5d6}, {0xe98b3a, 0xf0655a, 0xf9e4d0}
    };
    for (int i = 0; i < 15; i++) {
      int row = i / 5;
      double radius = 0.13 + 0.07 * Noise.at(i, 4, 102);
      double dx =
          x - 0.10 - (i % 5) * 0.325 - 0.09 * (Noise.at(i, 1, 102) - 0.5) - 0.06 * (row % 2);
      double dy = y - 0.16 - row * 0.34 - 0.09 * (Noise.at(i, 2, 102) - 0.5);
      double shadow = StrictMath.hypot(dx - 0.014, dy - 0.020);
      shade = shade.times(1 - 0.55 * step(radius + 0.03, radius - 0.03, shadow));
      double away = StrictMath.hypot(dx, dy) / radius;
      if (away < 1.01) {
        int[] colors = fruits[(i * 7 + row) % 4];
        double angle = StrictMath.atan2(dy, dx) + i;
        shade = shade.mix(slice(away, angle, radius, i, colors), step(1.0, 0.992, away));
      }
    }
    return shade;
  }

  private static Shade slice(double away, double angle, double radius, int seed, int[] colors) {
    double segments = 8 + seed % 3;
    double turn = angle / (2 * StrictMath.PI) * segments + 50;
    double inSegment = Math.abs(turn - Math.floor(turn) - 0.5) * 2;
    double wall = (1 - inSegment) * away * radius / segments * 6.2;
    double edge = 0.86 - 0.10 * StrictMath.pow(inSegment, 5);
    double flesh =
        step(0.0035, 0.006, wall) * step(edge, edge - 0.02, away) * step(0.10, 0.14, away);
    double cells = fractal(turn * 5 + seed * 3, away * 5, 4, 103 + seed);
    Shade pulp =
        Shade.mix(colors[0], colors[1], 0.25 + 0.9 * cells)
            .mix(0xffffff, 0.35 * step(0.62, 0.8, cells));
    Shade pith = Shade.of(colors[2]).times(0.94 + 0.1 * cells);
    return pith.mix(pulp, flesh).mix(colors[0], step(0.925, 0.945, away));
  }

  /** Tulips against the light, in reds and greens that sRGB cannot hold. */
  static BufferedImage tulips(int width, int height) {
    return Shade.paint(width, height, 2, StillLifes::tulips);
  }

  private static Shade tulips(double x, double y) {
    Shade shade =
        Shade.mix(
            0x9fd0c4, 0x2f7a3a, step(0.05, 0.9, y + 0.25 * (fractal(x * 2, y * 2, 3, 110) - 0.5)));
    for (int i = 0; i < 46; i++) {
      double dx = x - 1.6 * Noise.at(i, 1, 111);
      double dy = y - Noise.at(i, 2, 111);
      double radius = 0.03 + 0.06 * Noise.at(i, 3, 111);
      int color =
          Noise.at(i, 4, 111) < 0.5 ? 0xf5f0a0 : Noise.at(i, 4, 111) < 0.75 ? 0xf08fa0 : 0xbfe88a;
      double disc = step(radius, radius * 0.82, StrictMath.hypot(dx, dy));
      shade = shade.mix(color, 0.28 * disc);
    }
    for (int i = 0; i < 13; i++) {
      double near = i / 12.0;
      double size = 0.085 + 0.085 * near;
      double middle = 0.06 + 1.42 * ((i * 5 % 13 + 0.5 * Noise.at(i, 1, 112)) / 13);
      double top = 0.20 + 0.30 * near + 0.16 * (Noise.at(i, 2, 112) - 0.5);
      shade = tulip(x, y, middle, top, size, i, shade);
    }
    return shade;
  }

  private static Shade tulip(
      double x, double y, double middle, double top, double size, int seed, Shade behind) {
    Shade shade = behind;
    double down = (y - top) / size;
    double sway = middle + 0.03 * Noise.at(seed, 3, 112) * (down - 1.2) * (down - 1.2) * size * 6;
    double across = (x - sway) / size;
    if (down < 0 || Math.abs(across) > (down < 1.5 ? 1 : 3)) {
      return behind;
    }
    double streak = fractal(across * 14, down * 1.5 + seed, 4, 113);
    if (down > 1.3) {
      double stem = step(0.085, 0.07, Math.abs(across));
      Shade green = Shade.mix(0x2c7a22, 0xa6dd5e, step(-0.08, 0.09, across));
      shade = shade.mix(green, stem);
      double leaf = (down - 1.9 - 0.4 * Noise.at(seed, 4, 112)) / 4;
      double bend = (seed % 2 == 0 ? 1 : -1) * (0.55 - 0.5 * leaf);
      double blade = Math.abs(across - bend) / (0.30 * Math.max(0, leaf) * (1.6 - leaf) + 1e-9);
      if (leaf > 0 && leaf < 1.6) {
        Shade fresh = Shade.mix(0x1d6b2b, 0x7cc653, streak * (1.1 - 0.4 * blade));
        shade = shade.mix(fresh, step(1, 0.94, blade));
      }
    }
    int[] hues = {0xe80f2a, 0xff3d12, 0xf0127a, 0xffb400, 0xd40a5c};
    int[] rims = {0xff6a4a, 0xffa640, 0xff8fc0, 0xffe860, 0xff6aa8};
    for (int petal = 0; petal < 3; petal++) {
      double offset = petal == 0 ? -0.42 : petal == 1 ? 0.42 : 0;
      double wide = petal < 2 ? 0.44 : 0.46;
      double dx = (across - offset * (0.55 + 0.45 * step(1.4, 0, down))) / wide;
      double start = petal < 2 ? 0.02 : 0.16;
      double along = (down - start) / (1.5 - start);
      if (along <= 0 || along >= 1) {
        continue;
      }
      double width =
          StrictMath.pow(StrictMath.sin(StrictMath.PI * StrictMath.pow(along, 0.72)), 0.62);
      double inside = step(width, width - 0.03, Math.abs(dx));
      double glow = step(1.1, 0.1, along) * 0.55 + 0.35 * streak;
      Shade color = Shade.mix(hues[seed % 5], rims[seed % 5], glow * (0.35 + 0.65 * Math.abs(dx)));
      color =
          color.times(0.72 + 0.30 * (1 - dx * dx) + 0.16 * (streak - 0.5) - (petal < 2 ? 0.12 : 0));
      color = color.mix(0xf5e36a, 0.5 * step(0.84, 1.0, along));
      shade = shade.mix(color, inside);
    }
    return shade;
  }
}
