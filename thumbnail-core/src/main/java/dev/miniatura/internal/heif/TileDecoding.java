package dev.miniatura.internal.heif;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.CodedBytes;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.codec.PictureHeader;
import dev.miniatura.internal.codec.PictureOptions;
import dev.miniatura.internal.codec.PictureSink;
import dev.miniatura.internal.codec.StillPictureCodec;
import dev.miniatura.internal.codec.StillPictureDecoder;
import dev.miniatura.internal.heif.Content.Tiles;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the tiles of a picture and combines their rows. For a grid, one row of tiles is held, in
 * 8 bits, filled by several threads if allowed; a picture of one item passes through. Tiles outside
 * the wanted area are neither decoded nor read.
 */
final class TileDecoding {

  /** The most bytes of an item that are read for its header, before memory is planned. */
  private static final int MAX_UNPLANNED = 4 << 20;

  private final HeifFile file;
  private final Tiles tiles;
  private final int tileWidth;
  private final int tileHeight;
  private final int width;
  private final int height;
  private final StillPictureCodec codec;
  private final PictureHeader header;
  private final boolean lowestLayer;
  private final boolean reduced;
  private final Allowance allowance;

  private TileDecoding(
      HeifFile file,
      Tiles tiles,
      StillPictureCodec codec,
      PictureHeader header,
      boolean lowestLayer,
      Allowance allowance) {
    this.lowestLayer = lowestLayer;
    this.file = file;
    this.tiles = tiles;
    this.codec = codec;
    this.header = header;
    this.allowance = allowance;
    reduced = lowestLayer && isSmaller(header, tiles);
    boolean sized = tiles.tileWidth() > 0 && !reduced; // alpha may have none
    tileWidth = sized ? tiles.tileWidth() : header.format().width();
    tileHeight = sized ? tiles.tileHeight() : header.format().height();
    width = sized ? tiles.width() : tileWidth;
    height = sized ? tiles.height() : tileHeight;
  }

  /**
   * Reads the header of the first tile.
   *
   * @throws UnsupportedImageException if there is no codec for the items
   */
  static TileDecoding open(HeifFile file, Tiles tiles, Allowance allowance) throws IOException {
    Item first = tiles.items().get(0);
    StillPictureCodec codec = Codecs.of(FourCc.name(tiles.codec()));
    Properties properties = Properties.of(first, file.bytes);
    boolean layered = properties.isLayered();
    boolean lowest = false;
    PictureHeader header;
    try {
      header = header(file, first, codec.open(properties.configuration()), layered);
    } catch (UnsupportedImageException e) {
      if (!layered) {
        throw e;
      }
      header = header(file, first, codec.open(properties.lowestLayer()), true);
      lowest = true;
      if (isSmaller(header, tiles) && tiles.items().size() > 1) {
        throw new UnsupportedImageException("HEIF: grid of layers predicted from smaller layers");
      }
    }
    TileDecoding decoding = new TileDecoding(file, tiles, codec, header, lowest, allowance);
    decoding.checkTiles();
    return decoding;
  }

  private static PictureHeader header(
      HeifFile file, Item item, StillPictureDecoder decoder, boolean layered) throws IOException {
    if (!layered) {
      try {
        return decoder.header(data(file, item, StillPictureDecoder.HEADER_BYTES));
      } catch (MalformedImageException e) {
        // The missing part may follow later.
      }
    }
    return decoder.header(data(file, item, MAX_UNPLANNED));
  }

  /** Returns whether the picture lacks layers that are predicted from the lowest one. */
  boolean isLowestLayer() {
    return lowestLayer;
  }

  private static boolean isSmaller(PictureHeader header, Tiles tiles) {
    PictureFormat format = header.format();
    return format.width() < tiles.tileWidth() || format.height() < tiles.tileHeight();
  }

  /** Returns whether that lowest layer is the whole picture in another size. */
  boolean isReduced() {
    return reduced;
  }

  private void checkTiles() throws IOException {
    int longest = Math.max(tileWidth, tileHeight);
    int allowed = allowance.limits().dimension();
    if (longest > allowed) {
      throw new LimitExceededException(Limits.Kind.DIMENSION, allowed, longest);
    }
    boolean halved =
        (tiles.columns() > 1 && (tileWidth & format().shiftX()) != 0)
            || (tiles.rows() > 1 && (tileHeight & format().shiftY()) != 0);
    if (halved) {
      throw Container.HEIF.malformed(-1, "odd tile size with subsampled chroma");
    }
  }

  private static CodedBytes data(HeifFile file, Item item, int most) throws IOException {
    return CodedBytes.of(ItemData.read(file, item, most), ItemData.offset(file, item));
  }

  PictureFormat format() {
    return header.format();
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  private boolean isSingle() {
    return tiles.items().size() == 1;
  }

  private int componentWidth(int component) {
    int shift = component == 0 ? 0 : format().shiftX();
    return (width + (1 << shift) - 1) >> shift;
  }

  private int componentHeight(int component, int rows) {
    int shift = component == 0 ? 0 : format().shiftY();
    return (rows + (1 << shift) - 1) >> shift;
  }

  /** Returns the maximum number of bytes that decoding holds. */
  long workingBytes(boolean filters) throws IOException {
    long longest = 0;
    for (Item item : tiles.items()) {
      longest = Math.max(longest, ItemData.length(file, item));
    }
    long bytes = filters ? header.workingBytes() : header.unfilteredWorkingBytes();
    bytes = threads() * (bytes + 2 * longest) + SampleRange.bytes(format());
    for (int c = 0; c < format().components(); c++) {
      int rows = isSingle() ? 1 : componentHeight(c, tileHeight);
      bytes += (long) componentWidth(c) * rows;
    }
    return bytes;
  }

  /**
   * Decodes the tiles.
   *
   * @param area the wanted area of the whole picture
   */
  void decode(boolean filters, PictureArea area, SampleRange range, ComponentRows rows)
      throws IOException {
    for (int i = 0; i < tiles.items().size(); i++) {
      if (within(area, i % tiles.columns() * tileWidth, i / tiles.columns() * tileHeight) != null) {
        ItemData.willRead(file, tiles.items().get(i));
      }
    }
    if (isSingle()) {
      decoder(tiles.items().get(0))
          .decode(
              data(file, tiles.items().get(0), Integer.MAX_VALUE),
              options(filters, area),
              new Passing(range, rows));
      return;
    }
    Band band = new Band(range);
    try (Workers workers = new Workers(threads())) {
      Opened[] opened = new Opened[workers.count()];
      for (int row = 0;
          row < tiles.rows() && row * tileHeight < Math.min(height, area.bottom());
          row++) {
        List<Workers.Piece> pieces = new ArrayList<>();
        for (int column = 0; column < tiles.columns(); column++) {
          PictureArea part = within(area, column * tileWidth, row * tileHeight);
          if (part != null) {
            Item item = tiles.items().get(row * tiles.columns() + column);
            PictureOptions options = options(filters, part);
            PictureSink sink = band.at(column);
            pieces.add(worker -> decode(item, options, sink, opened, worker));
          }
        }
        workers.run(pieces);
        band.push(row * tileHeight, rows);
      }
    }
  }

  /** Returns how many tiles are decoded at once. */
  private int threads() {
    return Math.min(allowance.threads(), tiles.columns());
  }

  private PictureOptions options(boolean filters, PictureArea area) {
    return new PictureOptions(filters, area, allowance.limits(), allowance.deadline());
  }

  /** Decodes a tile. The source is read by one worker at a time. */
  private void decode(
      Item item, PictureOptions options, PictureSink sink, Opened[] opened, int worker)
      throws IOException {
    CodedBytes data;
    StillPictureDecoder decoder;
    synchronized (opened) {
      data = data(file, item, Integer.MAX_VALUE);
      long configuration = Properties.of(item, file.bytes).configurationPosition();
      Opened there = opened[worker];
      if (there == null || there.configuration != configuration) {
        there = new Opened(configuration, decoder(item));
        opened[worker] = there;
      }
      decoder = there.decoder;
    }
    decoder.decode(data, options, sink);
  }

  /** A worker's decoder, and where in the file what it was opened with is. */
  private record Opened(long configuration, StillPictureDecoder decoder) {}

  private StillPictureDecoder decoder(Item item) throws IOException {
    Properties properties = Properties.of(item, file.bytes);
    return codec.open(lowestLayer ? properties.lowestLayer() : properties.configuration());
  }

  /**
   * Returns the part of an area within the tile at a position, relative to the tile; null if there
   * is none.
   */
  private @Nullable PictureArea within(PictureArea area, int left, int top) {
    int right = Math.min(Math.min(width, left + tileWidth), area.right());
    int bottom = Math.min(Math.min(height, top + tileHeight), area.bottom());
    int x = Math.max(left, area.left());
    int y = Math.max(top, area.top());
    return x >= right || y >= bottom
        ? null
        : new PictureArea(x - left, y - top, right - left, bottom - top);
  }

  /** Refuses a tile that differs from the boxes or from the first tile. */
  private void check(PictureFormat actual) throws MalformedImageException {
    PictureFormat expected = format();
    if (actual.width() < tileWidth || actual.height() < tileHeight) {
      throw Container.HEIF.malformed(
          -1,
          "picture of %d x %d where ispe says %d x %d"
              .formatted(actual.width(), actual.height(), tileWidth, tileHeight));
    }
    if (actual.components() != expected.components()
        || actual.shiftX() != expected.shiftX()
        || actual.shiftY() != expected.shiftY()
        || actual.bitDepthLuma() != expected.bitDepthLuma()
        || actual.bitDepthChroma() != expected.bitDepthChroma()) {
      throw Container.HEIF.malformed(-1, "tiles of different formats");
    }
  }

  /** Passes on the rows of a picture with one item. */
  private final class Passing implements PictureSink {

    private final SampleRange range;
    private final ComponentRows rows;
    private final byte[] row = new byte[width];

    Passing(SampleRange range, ComponentRows rows) {
      this.range = range;
      this.rows = rows;
    }

    @Override
    public void begin(PictureFormat format) throws IOException {
      check(format);
    }

    @Override
    public void rows(int component, int y, int count, short[] samples, int offset, int stride)
        throws IOException {
      int end = Math.min(count, componentHeight(component, height) - y);
      for (int i = 0; i < end; i++) {
        range.convert(component, samples, offset + i * stride, componentWidth(component), row, 0);
        rows.row(component, y + i, row, 0);
      }
    }
  }

  /** A row of tiles. */
  private final class Band {

    private final SampleRange range;
    private final byte[][] planes = new byte[format().components()][];

    Band(SampleRange range) {
      this.range = range;
      for (int c = 0; c < planes.length; c++) {
        planes[c] = new byte[Math.multiplyExact(componentWidth(c), componentHeight(c, tileHeight))];
      }
    }

    /** Returns what takes the rows of the tile in a column. */
    PictureSink at(int column) {
      return new PictureSink() {
        @Override
        public void begin(PictureFormat format) throws IOException {
          check(format);
        }

        @Override
        public void rows(int component, int y, int count, short[] samples, int offset, int stride) {
          put(column, component, y, count, samples, offset, stride);
        }
      };
    }

    private void put(
        int column, int component, int y, int count, short[] samples, int offset, int stride) {
      int shift = component == 0 ? 0 : format().shiftX();
      int left = (column * tileWidth) >> shift;
      int columns =
          Math.min((tileWidth + (1 << shift) - 1) >> shift, componentWidth(component) - left);
      int end = Math.min(count, componentHeight(component, tileHeight) - y);
      for (int i = 0; i < end; i++) {
        int at = (y + i) * componentWidth(component) + left;
        range.convert(component, samples, offset + i * stride, columns, planes[component], at);
      }
    }

    /** Delivers all rows, chroma after the luma of the same place. */
    void push(int top, ComponentRows to) throws IOException {
      int lines = Math.min(tileHeight, height - top);
      int shift = format().shiftY();
      for (int y = 0; y < lines; y++) {
        to.row(0, top + y, planes[0], y * componentWidth(0));
        boolean last = ((y + 1) & ((1 << shift) - 1)) == 0 || y == lines - 1;
        for (int c = 1; c < planes.length && last; c++) {
          to.row(c, (top + y) >> shift, planes[c], (y >> shift) * componentWidth(c));
        }
      }
    }
  }
}
