package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Workers;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes a sequential frame. Each component is in one scan, so its rows are delivered while that
 * scan is read, whether the scan has all components or one; parts that no scan contains are gray.
 */
final class SequentialFrame {

  private final SegmentReader segments;
  private final FrameHeader frame;
  private final List<ComponentPlan> components;
  private final RowSink sink;
  private final DamageNotes damage;
  private final Workers workers;
  private final boolean[] done;

  SequentialFrame(
      SegmentReader segments,
      List<ComponentPlan> components,
      RowSink sink,
      DamageNotes damage,
      Workers workers) {
    this.segments = segments;
    this.frame = segments.frame();
    this.components = components;
    this.sink = sink;
    this.damage = damage;
    this.workers = workers;
    this.done = new boolean[frame.components().size()];
  }

  /** Returns the maximum number of bytes that bands and batches take. */
  static long workingBytes(List<ComponentPlan> components) {
    long bytes = 0;
    for (ComponentPlan planned : components) {
      FrameComponent component = planned.component();
      bytes += PlaneBand.bytes(planned.idctSize(), component.paddedBlocksX(), component.v());
      bytes += component.v() * IdctBatch.bytes(planned.idctSize());
    }
    return bytes;
  }

  void decode() throws IOException {
    EntropyReader entropy = new EntropyReader(segments.in);
    decodeScan(entropy);
    try {
      while (!allDone() && segments.readToScan()) {
        decodeScan(entropy);
      }
    } catch (MalformedImageException e) {
      damage.note(e);
    }
    for (FrameComponent component : frame.components()) {
      if (!done[component.index()]) {
        emitBlank(component);
      }
    }
  }

  private boolean allDone() {
    for (boolean one : done) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  private void decodeScan(EntropyReader entropy) throws IOException {
    ScanHeader header = segments.scan();
    if (header.components().stream().anyMatch(s -> done[s.component().index()])) {
      return;
    }
    boolean interleaved = header.isInterleaved();
    boolean huffman = !frame.arithmetic();
    List<ScanComponent<PlaneBand>> decoded = new ArrayList<>();
    for (ScanHeader.Selector selector : header.components()) {
      FrameComponent component = selector.component();
      decoded.add(
          new ScanComponent<>(
              band(component, interleaved),
              huffman ? segments.tables.dcTable(selector.dcTable()) : null,
              huffman ? segments.tables.acTable(selector.acTable()) : null,
              segments.tables.quantization(component),
              interleaved ? component.h() : 1,
              interleaved ? component.v() : 1));
    }
    FrameComponent first = header.components().get(0).component();
    int mcusX = interleaved ? frame.mcusX() : first.blocksX();
    int mcuRows = interleaved ? frame.mcusY() : first.blocksY();
    int restartInterval = segments.tables.restartInterval();
    McuReader mcus = mcus(entropy, header, decoded);
    if (huffman && workers.count() > 1) {
      long count = (long) mcusX * mcuRows;
      entropy.start(); // behind the scan's header
      mcus = ParallelReader.of(entropy, mcus, decoded, count, restartInterval, workers);
    }
    SequentialScan scan =
        new SequentialScan(entropy, mcusX, mcuRows, restartInterval, decoded, mcus, sink);
    for (ScanHeader.Selector selector : header.components()) {
      done[selector.component().index()] = true;
    }
    scan.decode();
    long decodedRows =
        (long) Math.min(scan.firstLostRow(), mcuRows)
            * 8
            * frame.vMax()
            / (interleaved ? 1 : first.v());
    damage.note(scan, (int) Math.max(0, frame.height() - decodedRows));
  }

  private McuReader mcus(
      EntropyReader in, ScanHeader header, List<ScanComponent<PlaneBand>> decoded)
      throws MalformedImageException {
    if (frame.arithmetic()) {
      ArithmeticCoding coding = new ArithmeticCoding(in, segments.tables);
      List<ArithmeticModel> models = new ArrayList<>();
      for (ScanHeader.Selector selector : header.components()) {
        models.add(coding.model(selector.dcTable(), selector.acTable()));
      }
      return new ArithmeticReader(in, coding, models, decoded);
    }
    return areMeans(decoded) ? new MeanReader(in, decoded) : new BlockReader(in, decoded);
  }

  /** Returns whether only the means of blocks are needed. */
  static boolean areMeans(List<ScanComponent<PlaneBand>> components) {
    return components.stream().allMatch(component -> component.target().idctSize == 1);
  }

  private PlaneBand band(FrameComponent component, boolean interleaved) {
    return new PlaneBand(
        components.get(component.index()),
        frame,
        interleaved ? component.paddedBlocksX() : component.blocksX(),
        interleaved ? component.v() : 1);
  }

  private void emitBlank(FrameComponent component) throws IOException {
    PlaneBand band = band(component, false);
    for (int y = 0; y < component.blocksY(); y++) {
      segments.in.checkDeadline();
      band.blank();
      band.emit(y, sink);
    }
  }
}
