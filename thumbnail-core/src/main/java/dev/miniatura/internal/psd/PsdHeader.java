package dev.miniatura.internal.psd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a PSD or PSB before the merged picture (Adobe Photoshop File Formats Specification):
 * header, color mode data, image resources, and whether there are layers.
 */
final class PsdHeader {

  static final int BITMAP = 0;
  static final int GRAY = 1;
  static final int INDEXED = 2;
  static final int RGB = 3;
  static final int CMYK = 4;
  static final int MULTICHANNEL = 7;
  static final int DUOTONE = 8;
  static final int LAB = 9;

  private static final int FIXED = 26;
  private static final int PROFILE = 1039;
  private static final int TRANSPARENT_INDEX = 1047;
  private static final int VERSION = 1057;
  private static final int COLORS = 256;

  /** Keys of blocks whose length has eight bytes in a PSB. */
  private static final Set<String> LONG_BLOCKS =
      Set.of(
          "LMsk", "Lr16", "Lr32", "Layr", "Mt16", "Mt32", "Mtrn", "Alph", "FMsk", "lnk2", "FEid",
          "FXid", "PxSD");

  final boolean big; // PSB
  final int channels;
  final int width;
  final int height;
  final int depth; // bits of a sample
  final int mode;
  final boolean inks; // whether every channel is one, and none is alpha
  byte[] palette = {}; // 256 values of red, then of green and of blue
  int transparentIndex = -1;
  byte @Nullable [] profile;
  boolean merged = true; // whether there is a merged picture, rather than white
  int layers; // negative if the first channel after color is the merged picture's transparency
  boolean mergedTransparency; // the same, from a block
  long layersStart; // of the layer records
  final long dataStart;

  private final Fields in;

  PsdHeader(Fields in) throws IOException {
    this.in = in;
    if (in.length(FIXED) < FIXED) {
      throw Container.PSD.malformed(in.length(FIXED), "ends within its header");
    }
    big = in.u16(4) == 2;
    channels = in.u16(12);
    height = in.i32(14);
    width = in.i32(18);
    depth = in.u16(22);
    int stored = in.u16(24);
    inks = stored == MULTICHANNEL;
    mode = inks ? shown(channels) : stored;
    long at = FIXED;
    long modeData = in.u32(at);
    if (mode == INDEXED) {
      palette = in.slice(at + 4, at + 4 + Math.min(modeData, 3 * COLORS));
    }
    at += 4 + modeData;
    long end = at + 4 + in.u32(at);
    readResources(at + 4, end);
    long length = in.length(end, big);
    long start = end + (big ? 8 : 4);
    if (length > 0) {
      readLayers(start, start + length);
    }
    dataStart = start + length;
    check();
  }

  /** Multichannel pictures are made of those of RGB and CMYK, whose channels become inks. */
  private static int shown(int channels) {
    return channels >= 4 ? CMYK : channels == 3 ? RGB : GRAY;
  }

  private void check() throws MalformedImageException, UnsupportedImageException {
    if (width <= 0 || height <= 0) {
      throw Container.PSD.malformed(14, "its size is %d x %d".formatted(width, height));
    }
    if (channels < 1 || channels > 56) {
      throw Container.PSD.malformed(12, channels + " channels");
    }
    boolean known =
        switch (mode) {
          case BITMAP -> depth == 1;
          case INDEXED -> depth == 8;
          case GRAY, RGB, CMYK, DUOTONE, LAB -> depth == 8 || depth == 16 || depth == 32;
          default -> false;
        };
    if (!known || (inks && !merged)) {
      throw new UnsupportedImageException(
          "PSD: color mode %d of %d bits".formatted(inks ? MULTICHANNEL : mode, depth));
    }
    if (channels < colors()) {
      throw Container.PSD.malformed(12, "has %d of %d colors".formatted(channels, colors()));
    }
  }

  /** Returns the number of color channels. */
  int colors() {
    return switch (mode) {
      case RGB, LAB -> 3;
      case CMYK -> 4;
      default -> 1;
    };
  }

  /** Returns whether the merged picture was laid over white, and has a channel that shows where. */
  boolean isMatted() {
    return (layers < 0 || mergedTransparency) && channels > colors();
  }

  private void readResources(long start, long end) throws IOException {
    long at = start;
    while (at + 12 <= end && in.has(at + 11)) {
      int id = in.u16(at + 4);
      long name = in.u8(at + 6) + 1L;
      long data = at + 6 + name + (name & 1);
      long size = in.u32(data);
      data += 4;
      switch (id) {
        case PROFILE -> profile = in.slice(data, data + size);
        case TRANSPARENT_INDEX -> transparentIndex = in.u16(data);
        case VERSION -> merged = size < 5 || in.u8(data + 4) != 0;
        default -> {} // nothing that a picture needs
      }
      at = data + size + (size & 1);
    }
  }

  private void readLayers(long start, long end) throws IOException {
    long length = in.length(start, big);
    long info = start + (big ? 8 : 4);
    if (length > 0) {
      layers = (short) in.u16(info);
      layersStart = info + 2;
    }
    long at = info + length;
    at += 4 + in.u32(at); // shared by the masks of layers
    while (at + 12 <= end && in.has(at + 11)) {
      String key = new String(in.slice(at + 4, at + 8), ISO_8859_1);
      boolean wide = big && LONG_BLOCKS.contains(key);
      long size = in.length(at + 8, wide);
      long data = at + (wide ? 16 : 12);
      switch (key) {
        case "Lr16", "Lr32", "Layr" -> {
          layers = (short) in.u16(data);
          layersStart = data + 2;
        }
        case "Mt16", "Mt32", "Mtrn" -> mergedTransparency = true;
        default -> {} // nothing that a picture needs
      }
      at = data + (size + 3) / 4 * 4;
    }
  }
}
