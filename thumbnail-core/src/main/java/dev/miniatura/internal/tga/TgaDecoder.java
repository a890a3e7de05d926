package dev.miniatura.internal.tga;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.tga.TgaHeader.Kind;
import java.io.IOException;
import java.util.Optional;

/**
 * Decodes TGA (Truevision TGA file format specification 2.0): palette, true color and gray, with or
 * without run lengths, in all four orientations. Alpha is used unless it is zero everywhere, as
 * left by writers that do not support it. Pictures without run lengths are read row by row, those
 * with run lengths are unpacked in memory.
 */
public final class TgaDecoder implements ImageDecoder {

  private final TgaHeader file;
  private final SourceBytes bytes;
  private final Deadline deadline;
  private final int[] palette;

  private TgaDecoder(TgaHeader file, SourceBytes bytes, Deadline deadline) throws IOException {
    this.file = file;
    this.bytes = bytes;
    this.deadline = deadline;
    palette = readPalette();
  }

  /** Reads the header; empty if the file cannot be a TGA. */
  public static Optional<ImageDecoder> open(SourceBytes bytes, Deadline deadline)
      throws IOException {
    Optional<TgaHeader> header = TgaHeader.read(bytes);
    return header.isPresent()
        ? Optional.of(new TgaDecoder(header.get(), bytes, deadline))
        : Optional.empty();
  }

  private int[] readPalette() throws IOException {
    int[] colors = new int[file.kind() == Kind.PALETTE ? file.mapCount() : 0];
    int entryBytes = (file.mapBits() + 7) / 8;
    byte[] entry = new byte[entryBytes];
    for (int i = 0; i < colors.length; i++) {
      if (bytes.read(file.mapStart() + (long) i * entryBytes, entry, 0, entryBytes) < entryBytes) {
        throw Container.TGA.malformed(bytes.reach(file.start()), "ends within its color map");
      }
      colors[i] = color(entry, 0, file.mapBits());
    }
    return colors;
  }

  /** Returns a pixel as alpha, red, green and blue. */
  private static int color(byte[] row, int at, int bits) {
    int low = (row[at] & 0xff) | (row[at + 1] & 0xff) << 8;
    if (bits < 24) {
      return 0xff << 24 | five(low >> 10) << 16 | five(low >> 5) << 8 | five(low);
    }
    int color = low | (row[at + 2] & 0xff) << 16;
    return color | (bits == 32 ? row[at + 3] : 0xff) << 24;
  }

  private static int five(int bits) {
    return ((bits & 31) * 255 + 15) / 31;
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(
            Container.TGA.name(),
            file.width(),
            file.height(),
            switch (file.kind()) {
              case PALETTE -> "palette";
              case COLOR -> "RGB";
              case GRAY -> "gray";
            },
            switch (file.kind()) {
              case PALETTE -> file.mapBits() < 24 ? 5 : 8;
              case COLOR -> file.depth() < 24 ? 5 : 8;
              case GRAY -> file.alpha() ? 8 : file.depth();
            })
        .alpha(file.alpha())
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    long picture = (long) file.rowBytes() * file.height();
    if (file.runs() && picture > Integer.MAX_VALUE - 64) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, Integer.MAX_VALUE, picture);
    }
    long working =
        heldOfSource() + (file.runs() ? picture : 0) + 8L * file.width() + 4L * palette.length;
    return DecodePlan.of(
        layout(file.alpha()), working, file.runs() ? "runs in memory" : "by rows", this::decode);
  }

  private RasterLayout layout(boolean alpha) {
    ColorKind color = file.kind() == Kind.GRAY ? ColorKind.GRAY : ColorKind.RGB;
    return RasterLayout.interleaved(file.width(), file.height(), color, alpha, null);
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  private void decode(RowSink sink, Notes notes) throws IOException {
    TgaRows rows = new TgaRows(file, bytes, deadline);
    if (rows.isEmpty()) {
      throw Container.TGA.malformed(file.start(), "has no picture data");
    }
    RasterLayout layout = layout(file.alpha() && isAlphaUsed(rows));
    sink.begin(layout);
    byte[] stored = new byte[file.rowBytes()];
    byte[] row = new byte[file.width() * layout.channels()];
    int[] pixels = new int[file.width()];
    for (int y = 0; y < file.height(); y++) {
      deadline.check();
      int count = rows.read(y, stored);
      unpack(stored, pixels);
      layout.interleave(pixels, 0, row);
      blank(layout, count, row);
      sink.row(0, y, row, 0);
    }
    if (rows.isCut()) {
      notes.add(Container.TGA.name(), "picture data ends early", "what is missing is gray");
    }
  }

  private boolean isAlphaUsed(TgaRows rows) throws IOException {
    byte[] stored = new byte[file.rowBytes()];
    int[] pixels = new int[file.width()];
    for (int y = 0; y < file.height(); y++) {
      deadline.check();
      rows.read(y, stored);
      unpack(stored, pixels);
      for (int pixel : pixels) {
        if (pixel >>> 24 != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Unpacks pixels to alpha, red, green and blue, which are equal for gray. */
  private void unpack(byte[] stored, int[] pixels) {
    for (int x = 0; x < pixels.length; x++) {
      pixels[file.mirrored() ? pixels.length - 1 - x : x] =
          switch (file.kind()) {
            case COLOR -> color(stored, x * file.pixelBytes(), file.depth());
            case PALETTE -> fromPalette(stored, x);
            case GRAY -> gray(stored, x);
          };
    }
  }

  private int fromPalette(byte[] stored, int x) {
    int value =
        file.depth() == 8
            ? stored[x] & 0xff
            : (stored[2 * x] & 0xff) | (stored[2 * x + 1] & 0xff) << 8;
    int index = value - file.mapFirst();
    return index >= 0 && index < palette.length ? palette[index] : 0xff << 24;
  }

  private int gray(byte[] stored, int x) {
    return switch (file.depth()) {
      case 1 -> 0xff << 24 | ((stored[x >> 3] >> (7 - (x & 7)) & 1) == 0 ? 0 : 255);
      case 8 -> 0xff << 24 | (stored[x] & 0xff);
      default ->
          file.alpha()
              ? stored[2 * x + 1] << 24 | (stored[2 * x] & 0xff)
              : 0xff << 24 | (stored[2 * x + 1] & 0xff);
    };
  }

  private void blank(RasterLayout layout, int count, byte[] row) {
    int missing = file.width() - count;
    int from = file.mirrored() ? 0 : count;
    layout.fillMissing(row, from, from + missing);
  }
}
