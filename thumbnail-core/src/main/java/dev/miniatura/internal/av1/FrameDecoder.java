package dev.miniatura.internal.av1;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.codec.PictureSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a frame from its tiles. If no filter runs, rows of superblocks are delivered as they are
 * decoded and then dropped; otherwise the whole frame is held.
 */
class FrameDecoder {

  final FrameHeader header;
  final byte[] bytes;
  final int[] tileStarts;
  final int[] tileEnds;
  private final Av1Options options;
  private final boolean deblock;
  private final boolean dering;
  private final boolean upscale;
  private final boolean restore;
  private final @Nullable GrainParameters grain;
  private final int side; // size of a superblock, in luma samples
  private final int planeCount;

  /**
   * Creates a decoder.
   *
   * @param tileStarts index in {@code bytes} of each tile's data, in raster order
   */
  FrameDecoder(
      FrameHeader header, Av1Options options, byte[] bytes, int[] tileStarts, int[] tileEnds) {
    this.header = header;
    this.options = options;
    this.bytes = bytes;
    this.tileStarts = tileStarts;
    this.tileEnds = tileEnds;
    deblock = options.deblocking() && header.deblocks();
    dering = options.cdef() && header.deringes();
    upscale = options.superResolution() && header.superres();
    restore = options.restoration() && header.usesRestoration && (upscale || !header.superres());
    grain = options.filmGrain() ? header.grain : null;
    side = header.sequence.superblock128 ? 128 : 64;
    planeCount = header.sequence.planes();
  }

  private boolean inBands() {
    return !(deblock || dering || upscale || restore || grain != null || header.intrabc);
  }

  private int width() {
    return upscale ? header.upscaledWidth : header.frameWidth;
  }

  PictureFormat format() {
    return header.sequence.format(width(), header.frameHeight);
  }

  /** Returns the bytes that decoding takes, in addition to the data. */
  long workingBytes() {
    return workingBytes(inBands());
  }

  private long workingBytes(boolean bands) {
    long bytes = FrameState.bytes(header, deblock || dering) + (256 << 10);
    int copies = 1 + (dering ? 1 : 0) + (restore ? 1 : 0);
    for (int plane = 0; plane < planeCount; plane++) {
      int width = alignedWidth(plane);
      bytes += Plane.bytes(width, rows(plane, bands)) * (upscale ? 1 : copies);
      if (upscale) {
        bytes += Plane.bytes(header.upscaledPlaneWidth(plane) + side, rows(plane, false)) * copies;
      }
    }
    return bytes;
  }

  private int alignedWidth(int plane) {
    int shift = plane > 0 ? header.sequence.subsamplingX : 0;
    return (header.miCols * 4 + side - 1 & -side) >> shift;
  }

  private int rows(int plane, boolean bands) {
    int shift = plane > 0 ? header.sequence.subsamplingY : 0;
    return bands ? (side >> shift) + 1 : (header.miRows * 4 + side - 1 & -side) >> shift;
  }

  private void checkLimits(boolean bands) throws LimitExceededException {
    Limits limits = options.limits();
    int longest = Math.max(header.upscaledWidth, header.frameHeight);
    if (longest > limits.dimension()) {
      throw new LimitExceededException(Limits.Kind.DIMENSION, limits.dimension(), longest);
    }
    long pixels = (long) header.upscaledWidth * header.frameHeight;
    if (pixels > limits.pixels()) {
      throw new LimitExceededException(Limits.Kind.PIXELS, limits.pixels(), pixels);
    }
    long needed = workingBytes(bands);
    long largestArray = Plane.bytes(Math.max(alignedWidth(0), width() + side), rows(0, bands)) / 2;
    if (needed > limits.workingBytes() || largestArray > Integer.MAX_VALUE - 64) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, limits.workingBytes(), needed);
    }
  }

  /** Decodes to a sink. */
  final void decode(PictureSink sink) throws IOException {
    boolean bands = inBands();
    checkLimits(bands);
    Plane[] planes = new Plane[planeCount];
    for (int plane = 0; plane < planeCount; plane++) {
      planes[plane] = new Plane(alignedWidth(plane), rows(plane, bands));
      planes[plane].origin = bands ? planes[plane].stride : 0;
    }
    FrameState state = new FrameState(header, planes, deblock || dering);
    sink.begin(format());
    decodeTiles(state, bands ? sink : null);
    if (!bands) {
      deliver(filter(state), sink);
    }
  }

  private void decodeTiles(FrameState state, @Nullable PictureSink sink) throws IOException {
    Workspace workspace = new Workspace();
    char[] defaults = Cdfs.defaults(header.baseQIndex);
    for (int tileRow = 0; tileRow < header.tileRows; tileRow++) {
      int rowStart = header.miRowStarts[tileRow];
      int rowEnd = header.miRowStarts[tileRow + 1];
      List<TileDecoder> tiles = new ArrayList<>();
      for (int i = 0; i < header.tileCols; i++) {
        int number = tileRow * header.tileCols + i;
        Tile tile = new Tile(rowStart, rowEnd, header.miColStarts[i], header.miColStarts[i + 1]);
        if (sink == null || isWanted(tile)) {
          tiles.add(new TileDecoder(state, tile, symbols(number, defaults.clone()), workspace));
        }
      }
      for (int row = rowStart; row < rowEnd; row += side / 4) {
        options.deadline().check();
        if (sink != null && row * 4 >= options.area().bottom()) {
          return;
        }
        for (TileDecoder tile : tiles) {
          tile.decodeRow(row);
        }
        if (sink != null) {
          deliverBand(state.planes, row * 4, sink);
        }
      }
    }
  }

  /** Returns whether a tile is wanted. Without filters, nothing outside a tile depends on it. */
  private boolean isWanted(Tile tile) {
    PictureArea area = options.area();
    return tile.miRowEnd() * 4 > area.top()
        && tile.miRowStart() * 4 < area.bottom()
        && tile.miColEnd() * 4 > area.left()
        && tile.miColStart() * 4 < area.right();
  }

  /** Creates the symbol decoder of a tile. */
  SymbolDecoder symbols(int tile, char[] cdfs) {
    return new SymbolDecoder(cdfs, header.cdfUpdate, bytes, tileStarts[tile], tileEnds[tile]);
  }

  /** Delivers the row of superblocks at luma row {@code y} and moves the bands down. */
  private void deliverBand(Plane[] planes, int y, PictureSink sink) throws IOException {
    for (int plane = 0; plane < planeCount; plane++) {
      int shift = plane > 0 ? header.sequence.subsamplingY : 0;
      Plane band = planes[plane];
      int first = y >> shift;
      int height = side >> shift;
      int count = Math.min(height, header.planeHeight(plane) - first);
      sink.rows(plane, first, count, band.samples, band.at(0, first), band.stride);
      System.arraycopy(band.samples, height * band.stride, band.samples, 0, band.stride);
      band.origin -= height * band.stride;
    }
  }

  private Plane[] filter(FrameState state) throws IOException {
    Plane[] deblocked = state.planes;
    if (deblock) {
      new LoopFilter(state).filter();
    }
    options.deadline().check();
    Plane[] deringed = deblocked;
    if (dering) {
      deringed = copyOf(deblocked);
      new Cdef(state, deringed).filter();
    }
    options.deadline().check();
    if (upscale) {
      Plane[] wide = upscaled(deringed);
      deblocked = !restore || deringed == deblocked ? wide : upscaled(deblocked);
      deringed = wide;
    }
    Plane[] result = deringed;
    if (restore) {
      result = copyOf(deringed);
      LoopRestoration restoration =
          new LoopRestoration(header, state.restoration, deblocked, deringed, result);
      for (int plane = 0; plane < planeCount; plane++) {
        restoration.filter(plane);
        options.deadline().check();
      }
    }
    if (grain != null) {
      new FilmGrain(header, grain).add(result);
    }
    return result;
  }

  private static Plane[] copyOf(Plane[] planes) {
    Plane[] copies = new Plane[planes.length];
    for (int i = 0; i < planes.length; i++) {
      copies[i] = new Plane(planes[i].stride, planes[i].samples.length / planes[i].stride);
    }
    return copies;
  }

  private Plane[] upscaled(Plane[] planes) {
    Plane[] wide = new Plane[planeCount];
    for (int plane = 0; plane < planeCount; plane++) {
      wide[plane] = new Plane(header.upscaledPlaneWidth(plane) + side, rows(plane, false));
      SuperResolution.upscale(header, plane, planes[plane], wide[plane]);
    }
    return wide;
  }

  private void deliver(Plane[] planes, PictureSink sink) throws IOException {
    for (int y = 0; y < header.frameHeight; y += side) {
      options.deadline().check();
      for (int plane = 0; plane < planeCount; plane++) {
        int shift = plane > 0 ? header.sequence.subsamplingY : 0;
        int first = y >> shift;
        int count = Math.min(side >> shift, header.planeHeight(plane) - first);
        sink.rows(
            plane,
            first,
            count,
            planes[plane].samples,
            planes[plane].at(0, first),
            planes[plane].stride);
      }
    }
  }
}
