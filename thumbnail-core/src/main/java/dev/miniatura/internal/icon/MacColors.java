package dev.miniatura.internal.icon;

/** The colors of indexes of 1, 4 and 8 bits in classic Mac OS. */
final class MacColors {

  private static final int OPAQUE = 0xff << 24;

  private static final int[] SIXTEEN = {
    0xffffff, 0xfcf305, 0xff6402, 0xdd0806, 0xf20884, 0x4600a5, 0x0000d4, 0x02abea,
    0x1fb714, 0x006411, 0x562c05, 0x90713a, 0xc0c0c0, 0x808080, 0x404040, 0x000000
  };

  /** The steps between those of the cube, from light to dark, in reds, greens, blues and grays. */
  private static final int[] RAMP = {0xee, 0xdd, 0xbb, 0xaa, 0x88, 0x77, 0x55, 0x44, 0x22, 0x11};

  private static final int CUBE = 6 * 6 * 6 - 1; // without black, which is the last color
  private static final int BLACK = 255;

  private MacColors() {}

  /** Returns a color as 0xAARRGGBB. */
  static int of(int bits, int index) {
    return OPAQUE
        | switch (bits) {
          case 1 -> index == 0 ? 0xffffff : 0;
          case 4 -> SIXTEEN[index];
          default -> of256(index);
        };
  }

  private static int of256(int index) {
    if (index < CUBE) {
      int red = 0xff - 0x33 * (index / 36);
      int green = 0xff - 0x33 * (index / 6 % 6);
      int blue = 0xff - 0x33 * (index % 6);
      return red << 16 | green << 8 | blue;
    }
    if (index == BLACK) {
      return 0;
    }
    int level = RAMP[(index - CUBE) % RAMP.length];
    return switch ((index - CUBE) / RAMP.length) {
      case 0 -> level << 16;
      case 1 -> level << 8;
      case 2 -> level;
      default -> level * 0x10101;
    };
  }
}
