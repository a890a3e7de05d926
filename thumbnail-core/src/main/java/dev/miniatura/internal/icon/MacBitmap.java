package dev.miniatura.internal.icon;

import static java.util.Map.entry;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.icon.MacIcons.Range;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pixels in an ICNS file. Those of 1, 4 and 8 bits are black and white, or indexes of the
 * system's colors; those of 24 and 32 bits are stored by channel, in run lengths, or uncompressed
 * pixel by pixel. Alpha is in an element of its own, of 8 bits or 1 bit per pixel, or the first of
 * four channels.
 */
final class MacBitmap implements ImageDecoder {

  private static final byte[] ARGB = {'A', 'R', 'G', 'B'};
  private static final int RUN = 0x80; // a control byte from here on starts a run
  private static final int SHORTEST_RUN = 3;

  /** The pixels in an element, and the elements with a mask, the better first. */
  private record Kind(int width, int height, int bits, List<String> masks) {

    Kind(int side, int bits, String... masks) {
      this(side, side, bits, List.of(masks));
    }
  }

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          entry("ICON", new Kind(32, 1)),
          entry("ICN#", new Kind(32, 1, "ICN#")),
          entry("icl4", new Kind(32, 4, "ICN#")),
          entry("icl8", new Kind(32, 8, "ICN#")),
          entry("il32", new Kind(32, 24, "l8mk", "ICN#")),
          entry("icm#", new Kind(16, 12, 1, List.of("icm#"))),
          entry("icm4", new Kind(16, 12, 4, List.of("icm#"))),
          entry("icm8", new Kind(16, 12, 8, List.of("icm#"))),
          entry("ics#", new Kind(16, 1, "ics#")),
          entry("ics4", new Kind(16, 4, "ics#")),
          entry("ics8", new Kind(16, 8, "ics#")),
          entry("is32", new Kind(16, 24, "s8mk", "ics#")),
          entry("ich#", new Kind(48, 1, "ich#")),
          entry("ich4", new Kind(48, 4, "ich#")),
          entry("ich8", new Kind(48, 8, "ich#")),
          entry("ih32", new Kind(48, 24, "h8mk", "ich#")),
          entry("it32", new Kind(128, 24, "t8mk")),
          entry("icp4", new Kind(16, 24, "s8mk")),
          entry("icp5", new Kind(32, 24, "l8mk")),
          entry("icp6", new Kind(48, 24, "h8mk")),
          entry("icsb", new Kind(18, 32)),
          entry("icsB", new Kind(36, 32)),
          entry("sb24", new Kind(24, 32)),
          entry("SB24", new Kind(48, 32)),
          entry("ic04", new Kind(16, 32)),
          entry("ic05", new Kind(32, 32)));

  private final Kind kind;
  private final SourceBytes bytes;
  private final Range range;
  private final @Nullable Range mask;
  private final int maskBits;

  private MacBitmap(Kind kind, SourceBytes bytes, Range range, Map<String, Range> elements) {
    this.kind = kind;
    this.bytes = bytes;
    this.range = range;
    Optional<String> of = kind.masks.stream().filter(elements::containsKey).findFirst();
    mask = of.map(elements::get).orElse(null);
    maskBits = of.map(name -> name.endsWith("#") ? 1 : 8).orElse(0);
  }

  /** Returns the picture in an element, unless it holds none. */
  static Optional<IconPicture> of(String type, Map<String, Range> elements, SourceBytes bytes)
      throws IOException {
    Kind kind = KINDS.get(type);
    Range range = elements.get(type);
    if (kind == null || range == null) {
      return Optional.empty();
    }
    MacBitmap bitmap = new MacBitmap(kind, bytes, range, elements);
    boolean complete = bytes.at(range.end() - 1) >= 0;
    return Optional.of(new IconPicture(kind.width, kind.height, kind.bits, complete, () -> bitmap));
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(
            Container.ICNS.name(),
            kind.width,
            kind.height,
            kind.bits > 8 ? "RGB" : kind.bits > 1 ? "palette" : "gray",
            Math.min(8, kind.bits))
        .alpha(true)
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    RasterLayout layout =
        RasterLayout.interleaved(kind.width, kind.height, ColorKind.RGB, true, null);
    return DecodePlan.of(
        layout,
        4L * area() * Integer.BYTES,
        "in memory",
        (sink, notes) -> decode(layout, sink, notes));
  }

  private int area() {
    return kind.width * kind.height;
  }

  private void decode(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    byte[] data = bytes.slice(range.start(), range.end());
    int[] argb = kind.bits > 8 ? colors(data, notes) : indexed(data, notes);
    applyMask(argb);
    sink.begin(layout);
    byte[] row = new byte[kind.width * layout.channels()];
    for (int y = 0; y < kind.height; y++) {
      layout.interleave(argb, y * kind.width, row);
      sink.row(0, y, row, 0);
    }
  }

  private int[] indexed(byte[] data, Notes notes) throws MalformedImageException {
    require(data.length > 0);
    int[] argb = new int[area()];
    int mask = (1 << kind.bits) - 1;
    for (int i = 0; i < argb.length; i++) {
      int bit = i * kind.bits;
      if (bit >> 3 >= data.length) {
        noteEnd(notes);
        break;
      }
      argb[i] = MacColors.of(kind.bits, data[bit >> 3] >> (8 - kind.bits - (bit & 7)) & mask);
    }
    return argb;
  }

  private int[] colors(byte[] data, Notes notes) throws MalformedImageException {
    int[] argb = new int[area()];
    int channels = kind.bits / 8;
    int from = kind.bits == 32 ? ARGB.length : 0;
    boolean zeros = kind.width == 128 && data.length >= 4 && ByteViews.intBe(data, 0) == 0;
    for (int bytesPerPixel = 3; bytesPerPixel <= 4 && channels == 3; bytesPerPixel++) {
      for (int skipped = 0; skipped <= (zeros ? 4 : 0); skipped += 4) {
        if (range.end() - range.start() - skipped == (long) bytesPerPixel * argb.length) {
          return uncompressed(data, skipped, bytesPerPixel, notes);
        }
      }
    }
    if (kind.width == 128 && zeros) {
      from = 4; // before the run lengths of the largest kind only
    }
    require(data.length > from);
    byte[] samples = new byte[channels * argb.length];
    int filled = expand(data, from, samples);
    if (filled < samples.length) {
      noteEnd(notes);
    }
    for (int i = 0; i < argb.length; i++) {
      int pixel = channels == 3 ? 255 : 0;
      for (int c = 0; c < channels; c++) {
        pixel = pixel << 8 | (samples[c * argb.length + i] & 0xff);
      }
      argb[i] = pixel;
    }
    return argb;
  }

  private int[] uncompressed(byte[] data, int from, int bytesPerPixel, Notes notes)
      throws MalformedImageException {
    int[] argb = new int[area()];
    int pixels = Math.min(argb.length, (data.length - from) / bytesPerPixel);
    require(pixels > 0);
    if (pixels < argb.length) {
      noteEnd(notes);
    }
    for (int i = 0; i < pixels; i++) {
      int at = from + bytesPerPixel * (i + 1) - 3;
      int greenAndBlue = (data[at + 1] & 0xff) << 8 | (data[at + 2] & 0xff);
      argb[i] = 0xff << 24 | (data[at] & 0xff) << 16 | greenAndBlue;
    }
    return argb;
  }

  /** Expands run lengths, and returns how many bytes they gave. */
  private static int expand(byte[] data, int from, byte[] samples) {
    int filled = 0;
    int at = from;
    while (filled < samples.length && at + 1 < data.length) {
      int control = data[at++] & 0xff;
      boolean run = control >= RUN;
      int count = run ? control - RUN + SHORTEST_RUN : control + 1;
      for (int i = 0; i < count && filled < samples.length && at < data.length; i++) {
        samples[filled++] = data[at];
        at += run ? 0 : 1;
      }
      at += run ? 1 : 0;
    }
    return filled;
  }

  private void applyMask(int[] argb) throws IOException {
    if (mask == null) {
      return;
    }
    byte[] data = bytes.slice(mask.start(), mask.end());
    int from = maskBits == 1 ? argb.length / 8 : 0; // behind the black-and-white picture
    for (int i = 0; i < argb.length; i++) {
      int at = from + (maskBits == 1 ? i >> 3 : i);
      if (at < data.length) {
        int alpha = maskBits == 1 ? (data[at] >> (7 - (i & 7)) & 1) * 255 : data[at] & 0xff;
        argb[i] = alpha << 24 | (argb[i] & 0xffffff);
      }
    }
  }

  private static void require(boolean any) throws MalformedImageException {
    if (!any) {
      throw Container.ICNS.malformed(-1, "a picture without data");
    }
  }

  private static void noteEnd(Notes notes) {
    notes.add(Container.ICNS.name(), "picture data ends early", "what is missing is blank");
  }
}
