package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a progressive frame (T.81, G): gathers the coefficients that the planes need, skips scans
 * without any, and turns them into samples once no scan can improve them.
 */
final class ProgressiveFrame {

  private final SegmentReader segments;
  private final FrameHeader frame;
  private final List<ComponentPlan> components;
  private final RowSink sink;
  private final DamageNotes damage;
  private final @Nullable CoefficientPlane[] coefficients;

  ProgressiveFrame(
      SegmentReader segments, List<ComponentPlan> components, RowSink sink, DamageNotes damage) {
    this.segments = segments;
    this.frame = segments.frame();
    this.components = components;
    this.sink = sink;
    this.damage = damage;
    this.coefficients = new @Nullable CoefficientPlane[frame.components().size()];
  }

  /** Returns the maximum number of bytes that coefficients and bands take. */
  static long workingBytes(List<ComponentPlan> components) {
    long bytes = SequentialFrame.workingBytes(components);
    for (ComponentPlan planned : components) {
      bytes += CoefficientPlane.bytes(planned);
    }
    return bytes;
  }

  void decode() throws IOException {
    EntropyReader entropy = new EntropyReader(segments.in);
    decodeScan(entropy);
    try {
      while (!isComplete()) {
        if (!segments.readToScan()) {
          if (!segments.hasEnded()) {
            damage.noteEnd(segments.in.offset());
          }
          break;
        }
        decodeScan(entropy);
      }
    } catch (MalformedImageException e) {
      damage.note(e);
    }
    emit();
  }

  private boolean isComplete() {
    for (CoefficientPlane plane : coefficients) {
      if (plane == null || !plane.isComplete()) {
        return false;
      }
    }
    return true;
  }

  private CoefficientPlane plane(FrameComponent component) throws MalformedImageException {
    CoefficientPlane plane = coefficients[component.index()];
    if (plane == null) {
      plane =
          new CoefficientPlane(
              components.get(component.index()), segments.tables.quantization(component));
      coefficients[component.index()] = plane;
    }
    return plane;
  }

  private void decodeScan(EntropyReader entropy) throws IOException {
    ScanHeader header = segments.scan();
    boolean needed = false;
    for (ScanHeader.Selector selector : header.components()) {
      needed |= plane(selector.component()).needs(header);
    }
    if (!needed) {
      return;
    }
    ScanDecoder scan = header.ss() == 0 ? dcScan(entropy, header) : acScan(entropy, header);
    scan.decode();
    for (ScanHeader.Selector selector : header.components()) {
      plane(selector.component()).received(header);
    }
    int grayRows = 0;
    if (header.ss() == 0 && header.ah() == 0) {
      FrameComponent first = header.components().get(0).component();
      int v = header.isInterleaved() ? 1 : first.v();
      long decodedRows = (long) scan.firstLostRow() * 8 * frame.vMax() / v;
      grayRows = (int) Math.max(0, frame.height() - decodedRows);
    }
    damage.note(scan, grayRows);
  }

  private ScanDecoder dcScan(EntropyReader entropy, ScanHeader header) throws IOException {
    boolean interleaved = header.isInterleaved();
    List<ScanComponent<CoefficientPlane>> decoded = new ArrayList<>();
    for (ScanHeader.Selector selector : header.components()) {
      FrameComponent component = selector.component();
      CoefficientPlane plane = plane(component);
      decoded.add(
          new ScanComponent<>(
              plane,
              header.ah() > 0 || frame.arithmetic()
                  ? null
                  : segments.tables.dcTable(selector.dcTable()),
              null,
              plane.quantization,
              interleaved ? component.h() : 1,
              interleaved ? component.v() : 1));
    }
    FrameComponent first = header.components().get(0).component();
    int mcusX = interleaved ? frame.mcusX() : first.blocksX();
    int mcusY = interleaved ? frame.mcusY() : first.blocksY();
    int interval = segments.tables.restartInterval();
    if (frame.arithmetic()) {
      ArithmeticCoding coding = new ArithmeticCoding(entropy, segments.tables);
      List<ArithmeticModel> models = new ArrayList<>();
      for (ScanHeader.Selector selector : header.components()) {
        models.add(coding.model(selector.dcTable(), 0));
      }
      return new ArithmeticDcScan(entropy, mcusX, mcusY, interval, decoded, header, coding, models);
    }
    return new DcScan(entropy, mcusX, mcusY, interval, decoded, header);
  }

  private ScanDecoder acScan(EntropyReader entropy, ScanHeader header) throws IOException {
    ScanHeader.Selector selector = header.components().get(0);
    CoefficientPlane plane = plane(selector.component());
    int interval = segments.tables.restartInterval();
    if (frame.arithmetic()) {
      ArithmeticCoding coding = new ArithmeticCoding(entropy, segments.tables);
      ArithmeticModel model = coding.model(0, selector.acTable());
      return new ArithmeticAcScan(entropy, interval, plane, header, coding, model);
    }
    HuffmanDecoder table = segments.tables.acTable(selector.acTable());
    return header.ah() == 0
        ? new AcFirstScan(entropy, interval, plane, table, header)
        : new AcRefinementScan(entropy, interval, plane, table, header);
  }

  private void emit() throws IOException {
    List<PlaneBand> bands = new ArrayList<>();
    List<IdctBatch> batches = new ArrayList<>();
    for (ComponentPlan planned : components) {
      FrameComponent component = planned.component();
      bands.add(new PlaneBand(planned, frame, component.blocksX(), component.v()));
      batches.add(new IdctBatch(planned.idctSize()));
      CoefficientPlane plane = coefficients[planned.index()];
      if (plane != null) {
        plane.finish();
      }
    }
    for (int y = 0; y < frame.mcusY(); y++) {
      segments.in.checkDeadline();
      for (int i = 0; i < bands.size(); i++) {
        fill(bands.get(i), coefficients[i], y, batches.get(i));
        bands.get(i).emit(y, sink);
      }
    }
  }

  private static void fill(
      PlaneBand band, @Nullable CoefficientPlane plane, int mcuY, IdctBatch batch) {
    FrameComponent component = band.planned.component();
    for (int v = 0; v < component.v(); v++) {
      int y = mcuY * component.v() + v;
      if (plane == null || plane.isBlank(y)) {
        band.blankRow(v);
        continue;
      }
      int at = band.at(0, v);
      if (band.idctSize == 1) {
        plane.means(y, band.samples, at, component.blocksX());
        continue;
      }
      for (int x = 0; x < component.blocksX(); x += IdctBatch.BLOCKS) {
        int count = Math.min(IdctBatch.BLOCKS, component.blocksX() - x);
        plane.dequantize(x, y, batch, count);
        batch.store(count, band.samples, at + x * band.idctSize, band.stride);
      }
    }
  }
}
