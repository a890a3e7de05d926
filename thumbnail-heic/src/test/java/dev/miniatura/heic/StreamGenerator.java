package dev.miniatura.heic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes valid HEVC intra pictures of random syntax: every tool of the decoder may be on. The
 * writer's choices are decoded at once by the decoder under test; other decoders verify the result.
 */
final class StreamGenerator {

  private final Random random;
  private final StreamOptions options;
  private final List<byte[]> units = new ArrayList<>();

  private StreamGenerator(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L); // small seeds differ in few bits
    options = new StreamOptions(random);
  }

  /**
   * A stream and its decoded picture.
   *
   * @param units NAL units without start codes, parameter sets first
   * @param picture the decoded picture, with both in-loop filters
   */
  record Stream(List<byte[]> units, Planes picture, StreamOptions options) {

    /** Returns the stream in the format of Annex B. */
    byte[] annexB() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (byte[] unit : units) {
        out.writeBytes(new byte[] {0, 0, 0, 1});
        out.writeBytes(unit);
      }
      return out.toByteArray();
    }

    List<NalUnit> nalUnits() throws IOException {
      List<NalUnit> parsed = new ArrayList<>();
      for (byte[] unit : units) {
        parsed.add(NalUnit.parse(unit, 0, unit.length, 0));
      }
      return parsed;
    }
  }

  /** Generates the stream of a seed; it is the same every time. */
  static Stream generate(long seed) throws IOException {
    return new StreamGenerator(seed).generate();
  }

  private Stream generate() throws IOException {
    units.add(BitWriter.nal(NalUnit.VPS, options.vps()));
    units.add(BitWriter.nal(NalUnit.SPS, options.sps()));
    units.add(BitWriter.nal(NalUnit.PPS, options.pps()));
    ParameterSets sets = new ParameterSets();
    for (byte[] unit : units) {
      sets.add(NalUnit.parse(unit, 0, unit.length, 0));
    }
    CabacWriter cabac = new CabacWriter(random);
    Planes planes = new Planes();
    PictureDecoder decoder = null;
    SliceHeader previous = null;
    SegmentPlan plan = new SegmentPlan(options, random);
    while (plan.next()) {
      byte[] header = options.sliceHeader(plan, List.of());
      byte[] nal = BitWriter.nal(19, header);
      NalUnit unit = NalUnit.parse(nal, 0, nal.length, 0);
      SliceHeader slice = new SliceHeader(unit, sets, previous);
      if (decoder == null) {
        decoder = new PictureDecoder(slice, cabac, true, true, Long.MAX_VALUE);
        decoder.start(planes);
      }
      cabac.setCtbs(plan.count);
      decoder.decode(unit, slice);
      units.add(segment(plan, cabac));
      previous = slice;
    }
    if (decoder != null) {
      decoder.finish();
    }
    return new Stream(units, planes, options);
  }

  /** Combines header, entry points and data (7.4.7.1: offsets count emulation bytes). */
  private byte[] segment(SegmentPlan plan, CabacWriter cabac) {
    byte[] data = cabac.data();
    byte[] escaped = BitWriter.escape(data);
    List<Integer> sizes = new ArrayList<>();
    int before = 0;
    for (int end : cabac.substreamEnds()) {
      int position = escapedPosition(data, end);
      sizes.add(position - before);
      before = position;
    }
    byte[] start = BitWriter.nal(19, options.sliceHeader(plan, sizes));
    byte[] unit = new byte[start.length + escaped.length];
    System.arraycopy(start, 0, unit, 0, start.length);
    System.arraycopy(escaped, 0, unit, start.length, escaped.length);
    return unit;
  }

  private static int escapedPosition(byte[] data, int end) {
    return BitWriter.escape(Arrays.copyOf(data, end)).length;
  }
}
