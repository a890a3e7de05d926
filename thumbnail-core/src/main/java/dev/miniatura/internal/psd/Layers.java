package dev.miniatura.internal.psd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.FrameCanvas;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes the visible layers of a file without a merged picture, with their transparency and
 * opacity; other blend modes, masks and clipping are ignored.
 */
final class Layers {

  private static final int TRANSPARENCY = 0xffff; // the channel id −1
  private static final int HIDDEN = 2;
  private static final int MAX_SIDE = 300_000; // whether the file is a PSB
  private static final int MAX_CHANNELS = 64;
  private static final int FOLDER_OPEN = 1;
  private static final int FOLDER_CLOSED = 2;
  private static final int FOLDER_END = 3;

  private final SourceBytes bytes;
  private final Fields in;
  private final PsdHeader header;
  private final Deadline deadline;
  private final List<Layer> list = new ArrayList<>();

  /** A channel of a layer: its kind and the position of its data. */
  private record Channel(int id, long start, long length) {}

  /** A layer; {@code folder} marks the beginning and end of a group. */
  private record Layer(
      int left,
      int top,
      int width,
      int height,
      List<Channel> channels,
      int opacity,
      boolean hidden,
      int folder) {}

  Layers(SourceBytes bytes, PsdHeader header, Deadline deadline) throws IOException {
    this.bytes = bytes;
    this.in = new Fields(bytes);
    this.header = header;
    this.deadline = deadline;
    boolean known = header.mode == PsdHeader.RGB || header.mode == PsdHeader.GRAY;
    if (!known || header.depth != 8 || header.layers == 0) {
      throw new UnsupportedImageException(
          "PSD: a file without a merged picture"
              + (header.layers == 0 ? " or layers" : ", whose colors are not 8-bit RGB or gray"));
    }
    readRecords();
  }

  /** Returns the bytes of memory that drawing takes, in addition to the source. */
  long workingBytes() {
    long widest = list.stream().mapToLong(Layer::width).max().orElse(0);
    return FrameCanvas.workingBytes((long) header.width * header.height, false)
        + 4 * (widest + PlaneReader.workingBytes())
        + Integer.BYTES * widest;
  }

  private void readRecords() throws IOException {
    long at = header.layersStart;
    List<Layer> records = new ArrayList<>();
    for (int i = Math.abs(header.layers); i > 0 && in.has(at); i--) {
      int top = in.i32(at);
      int left = in.i32(at + 4);
      int bottom = in.i32(at + 8);
      int right = in.i32(at + 12);
      int count = in.u16(at + 16);
      at += 18;
      List<Channel> channels = new ArrayList<>();
      for (int c = 0; c < count && in.has(at); c++) {
        channels.add(new Channel(in.u16(at), 0, in.length(at + 2, header.big)));
        at += header.big ? 10 : 6;
      }
      int opacity = in.u8(at + 8);
      boolean hidden = (in.u8(at + 10) & HIDDEN) != 0;
      long extra = in.u32(at + 12);
      int folder = folder(at + 16, at + 16 + extra);
      at += 16 + extra;
      boolean empty = bottom <= top || right <= left;
      long width = empty ? 0 : (long) right - left;
      long height = empty ? 0 : (long) bottom - top;
      if (Math.max(width, height) > MAX_SIDE || count > MAX_CHANNELS) {
        throw Container.PSD.malformed(
            at, "layer of %d x %d with %d channels".formatted(width, height, count));
      }
      records.add(
          new Layer(left, top, (int) width, (int) height, channels, opacity, hidden, folder));
    }
    for (Layer record : records) {
      List<Channel> placed = new ArrayList<>();
      for (Channel channel : record.channels) {
        placed.add(new Channel(channel.id, at, channel.length));
        at += channel.length;
      }
      list.add(
          new Layer(
              record.left,
              record.top,
              record.width,
              record.height,
              placed,
              record.opacity,
              record.hidden,
              record.folder));
    }
  }

  /** Returns the type in the section divider block, 0 if there is none. */
  private int folder(long start, long end) throws IOException {
    long at = start + 4 + in.u32(start); // mask
    at += 4 + in.u32(at); // blending ranges
    at += (in.u8(at) + 4L) / 4 * 4; // name
    while (at + 16 <= end && in.has(at)) {
      long size = in.u32(at + 8);
      if (new String(in.slice(at + 4, at + 8), ISO_8859_1).equals("lsct")) {
        return in.i32(at + 12);
      }
      at += 12 + (size + 1) / 2 * 2;
    }
    return 0;
  }

  void push(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    FrameCanvas canvas = new FrameCanvas(layout);
    boolean[] shown = shown();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i]) {
        draw(list.get(i), canvas);
      }
    }
    notes.add(Container.PSD.name(), "no merged picture", "its layers are laid over one another");
    canvas.push(sink);
  }

  /**
   * Returns which layers are visible: those that are not hidden, nor in a hidden group. Groups are
   * listed end first.
   */
  private boolean[] shown() {
    boolean[] shown = new boolean[list.size()];
    List<Boolean> groups = new ArrayList<>();
    for (int i = shown.length - 1; i >= 0; i--) {
      Layer layer = list.get(i);
      boolean hidden = layer.hidden || groups.contains(true);
      switch (layer.folder) {
        case FOLDER_OPEN, FOLDER_CLOSED -> groups.add(layer.hidden);
        case FOLDER_END -> {
          if (!groups.isEmpty()) {
            groups.remove(groups.size() - 1);
          }
        }
        default -> shown[i] = !hidden;
      }
    }
    return shown;
  }

  private void draw(Layer layer, FrameCanvas canvas) throws IOException {
    int left = Math.max(0, layer.left);
    int top = Math.max(0, layer.top);
    int right = (int) Math.min(header.width, (long) layer.left + layer.width);
    int bottom = (int) Math.min(header.height, (long) layer.top + layer.height);
    if (left >= right || top >= bottom) {
      return;
    }
    canvas.begin(new Placed(left, top, right - left, bottom - top, true, Disposal.KEEP));
    byte[][] planes = new byte[4][];
    PlaneReader[] readers = new PlaneReader[4];
    for (Channel channel : layer.channels) {
      int plane = channel.id == TRANSPARENCY ? 3 : channel.id;
      if (plane <= 3 && (plane == 3 || plane < header.colors())) {
        planes[plane] = new byte[layer.width];
        readers[plane] = reader(layer, channel);
      }
    }
    int[] argb = new int[right - left];
    for (int y = 0; y < bottom - layer.top; y++) {
      deadline.check();
      for (int c = 0; c < 4; c++) {
        if (readers[c] != null) {
          readers[c].read(planes[c]);
        }
      }
      if (y + layer.top >= top) {
        for (int x = 0; x < argb.length; x++) {
          argb[x] = pixel(planes, x + left - layer.left, layer.opacity);
        }
        canvas.row(y + layer.top - top, argb);
      }
    }
  }

  private int pixel(byte[][] planes, int x, int opacity) {
    int alpha = planes[3] == null ? opacity : ((planes[3][x] & 0xff) * opacity + 127) / 255;
    int argb = alpha;
    for (int c = 0; c < 3; c++) {
      byte[] plane = planes[header.colors() == 1 ? 0 : c];
      argb = argb << 8 | (plane == null ? 0 : plane[x] & 0xff);
    }
    return argb;
  }

  private PlaneReader reader(Layer layer, Channel channel) throws IOException {
    int compression = in.u16(channel.start);
    long data = channel.start + 2;
    return switch (compression) {
      case 0 -> PlaneReader.raw(bytes, layer.width, data);
      case 1 -> {
        int size = header.big ? 4 : 2;
        long rows = (long) layer.height * size;
        yield PlaneReader.packed(bytes, layer.width, data + rows, data, header.big);
      }
      default ->
          throw new UnsupportedImageException(
              "PSD: a file without a merged picture, whose layers have compression " + compression);
    };
  }
}
