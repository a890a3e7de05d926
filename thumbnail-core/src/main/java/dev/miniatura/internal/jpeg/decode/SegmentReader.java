package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.jpeg.Marker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads marker segments (T.81, B.2) up to and including a scan header, and keeps the tables they
 * install. Entropy-coded data in between is skipped.
 */
final class SegmentReader {

  private static final int BLOCK = 64;

  final InputWindow in;
  final ApplicationData application;
  final CodingTables tables;
  private final int maxScans;
  private @Nullable FrameHeader frame;
  private @Nullable ScanHeader scan;
  private int scans;
  private boolean ended;
  private @Nullable MalformedImageException brokenTable; // before the frame header

  private SegmentReader(InputWindow in, Limits limits, ApplicationData application) {
    this.application = application;
    this.in = in;
    tables = new CodingTables(in);
    this.maxScans = limits.scans();
  }

  /**
   * Reads everything up to the data of the first scan.
   *
   * @param in positioned on an SOI marker
   */
  static SegmentReader open(InputWindow in, Limits limits) throws IOException {
    return open(in, limits, new ApplicationData());
  }

  /**
   * Reads everything up to the data of the first scan.
   *
   * @param in positioned on an SOI marker
   * @param application receives the content of application segments, even if the file is then
   *     refused
   */
  static SegmentReader open(InputWindow in, Limits limits, ApplicationData application)
      throws IOException {
    SegmentReader segments = new SegmentReader(in, limits, application);
    segments.readStart();
    if (!segments.readToScan()) {
      throw segments.malformed("no image data");
    }
    return segments;
  }

  /** Reads the SOI marker. */
  private void readStart() throws IOException {
    if (in.require(2) < 2 || u16(in.position) != (0xff00 | Marker.SOI)) {
      throw malformed("no SOI marker");
    }
    in.position += 2;
  }

  /**
   * Reads segments up to and including the next scan header.
   *
   * @return false if the image or the source ends first
   */
  boolean readToScan() throws IOException {
    for (; ; ) {
      int marker = MarkerSearch.next(in);
      if (marker == MarkerSearch.NONE) {
        return false;
      }
      in.position += 2;
      if (marker == Marker.EOI) {
        if (frame != null) {
          ended = true;
          return false;
        }
      } else if (marker == Marker.SOS) {
        readScanHeader();
        return true;
      } else if (marker >= Marker.SOF0 && marker != Marker.SOI && !Marker.isRestart(marker)) {
        readSegment(marker);
      }
    }
  }

  /** Returns the frame header; there is one once {@link #readToScan} has returned true. */
  FrameHeader frame() {
    if (frame == null) {
      throw new IllegalStateException("no frame header read");
    }
    return frame;
  }

  /** Returns the scan header last read. */
  ScanHeader scan() {
    if (scan == null) {
      throw new IllegalStateException("no scan header read");
    }
    return scan;
  }

  /** Returns whether the image has ended, as opposed to the source. */
  boolean hasEnded() {
    return ended;
  }

  MalformedImageException malformed(String reason) {
    return Container.JPEG.malformed(in.offset(), reason);
  }

  private void readSegment(int marker) throws IOException {
    int length = beginSegment();
    if (marker >= Marker.APP0 && marker <= Marker.APP14) {
      readApplicationSegment(marker, length);
      return;
    }
    int at = content(length);
    int end = at + length;
    switch (marker) {
      case Marker.DHT, Marker.DQT, Marker.DAC, Marker.DRI -> readTables(marker, at, end);
      case Marker.SOF55 -> {
        if (frame == null) {
          throw new UnsupportedImageException("JPEG-LS");
        }
      }
      default -> {
        if (marker <= Marker.SOF15 && marker != Marker.JPG) {
          readFrameHeader(marker, at, length);
        }
      }
    }
    in.position += length;
  }

  /**
   * Reads a segment of tables. An error before the frame header is kept until that is read:
   * processes that are not decoded here may have other kinds of tables.
   */
  private void readTables(int marker, int at, int end) throws MalformedImageException {
    try {
      tables.read(marker, at, end);
    } catch (MalformedImageException e) {
      if (frame != null) {
        throw e;
      }
      brokenTable = brokenTable == null ? e : brokenTable;
    }
  }

  private void readApplicationSegment(int marker, int length) throws IOException {
    if (frame == null || scan == null) {
      int at = content(length);
      application.read(marker, in.array, at, length);
      in.position += length;
    } else {
      in.skip(length);
    }
  }

  /** Reads a segment's length and returns the length of its content. */
  private int beginSegment() throws IOException {
    if (in.require(2) < 2) {
      throw malformed("ends inside a segment's length");
    }
    int length = u16(in.position) - 2;
    if (length < 0) {
      throw malformed("segment length below 2");
    }
    in.position += 2;
    return length;
  }

  /** Makes a segment's content available and returns its index in the window. */
  private int content(int length) throws IOException {
    if (in.require(length) < length) {
      throw malformed("ends inside a segment");
    }
    return in.position;
  }

  private int u8(int at) {
    return in.array[at] & 0xff;
  }

  private int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  private void readFrameHeader(int marker, int at, int length) throws IOException {
    if (frame != null) {
      throw malformed("second frame header");
    }
    if (length < 6) {
      throw malformed("frame header too short");
    }
    refuseUnsupported(marker, u8(at));
    if (brokenTable != null) {
      throw brokenTable;
    }
    int height = u16(at + 1);
    int width = u16(at + 3);
    int count = u8(at + 5);
    if (width == 0 || count == 0 || length < 6 + 3 * count) {
      throw malformed("bad frame header");
    }
    if (count > 4) {
      throw new UnsupportedImageException("JPEG: " + count + " components");
    }
    int[][] specs = new int[count][3];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 3; j++) {
        specs[i][j] = u8(at + 6 + 3 * i + j);
      }
      int h = specs[i][1] >> 4;
      int v = specs[i][1] & 15;
      if (h < 1 || h > 4 || v < 1 || v > 4 || specs[i][2] >= CodingTables.DESTINATIONS) {
        throw malformed("bad component in the frame header");
      }
    }
    if (height == 0) {
      height = NumberOfLines.find(in);
      if (height == 0) {
        throw malformed("no number of lines");
      }
    }
    boolean progressive = marker == Marker.SOF2 || marker == Marker.SOF10;
    frame = FrameHeader.of(progressive, marker >= Marker.SOF9, width, height, specs);
  }

  private static void refuseUnsupported(int marker, int precision)
      throws UnsupportedImageException {
    switch (marker - Marker.SOF0) {
      case 0, 1, 2, 9, 10 -> {
        if (precision != 8) {
          throw new UnsupportedImageException("JPEG: " + precision + "-bit samples");
        }
      }
      case 3, 11 -> throw new UnsupportedImageException("JPEG: lossless");
      default -> throw new UnsupportedImageException("JPEG: hierarchical");
    }
  }

  private void readScanHeader() throws IOException {
    scans++;
    if (scans > maxScans) {
      throw new LimitExceededException(Limits.Kind.SCANS, maxScans, scans);
    }
    if (frame == null) {
      throw malformed("scan before the frame header");
    }
    int length = beginSegment();
    int at = content(length);
    int count = length < 1 ? 0 : u8(at);
    if (count < 1 || count > 4 || length < 4 + 2 * count) {
      throw malformed("bad scan header");
    }
    List<ScanHeader.Selector> selectors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int id = u8(at + 1 + 2 * i);
      int tables = u8(at + 2 + 2 * i);
      FrameComponent component = component(frame, id, selectors);
      selectors.add(new ScanHeader.Selector(component, tables >> 4, tables & 15));
    }
    int parameters = at + 1 + 2 * count;
    int approximation = u8(parameters + 2);
    scan =
        frame.progressive()
            ? new ScanHeader(
                List.copyOf(selectors),
                u8(parameters),
                u8(parameters + 1),
                approximation >> 4,
                approximation & 15)
            : new ScanHeader(List.copyOf(selectors), 0, BLOCK - 1, 0, 0);
    checkProgression(scan);
    in.position += length;
  }

  /** T.81, G.1.1.1: DC and AC coefficients in different scans, the latter of one component. */
  private void checkProgression(ScanHeader header) throws MalformedImageException {
    boolean valid =
        header.ss() == 0
            ? header.se() == 0
            : header.ss() <= header.se() && header.se() < BLOCK && !header.isInterleaved();
    if (frame().progressive() && (!valid || header.al() > 13)) {
      throw malformed("bad progression parameters");
    }
  }

  /**
   * Finds a component by its identifier; of several with the same identifier, one that is not yet
   * in the scan.
   */
  private FrameComponent component(FrameHeader header, int id, List<ScanHeader.Selector> taken)
      throws MalformedImageException {
    for (FrameComponent component : header.components()) {
      if (component.id() == id
          && taken.stream()
              .noneMatch(selector -> selector.component().index() == component.index())) {
        return component;
      }
    }
    throw malformed("scan names component " + id + ", which is not in the frame");
  }
}
