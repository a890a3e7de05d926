package dev.miniatura.internal.heif;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.heif.Item.Extent;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a track's samples, their display times, and which are independent (ISO/IEC
 * 14496-12, clauses 8.6.1.2, 8.6.2 and 8.7.3 to 8.7.5).
 */
final class SampleTable {

  private static final int STTS = FourCc.of("stts");
  private static final int STSS = FourCc.of("stss");
  private static final int STSZ = FourCc.of("stsz");
  private static final int STZ2 = FourCc.of("stz2");
  private static final int STSC = FourCc.of("stsc");
  private static final int STCO = FourCc.of("stco");
  private static final int CO64 = FourCc.of("co64");

  private static final int BYTES_PER_SAMPLE = 2 * Long.BYTES + Integer.BYTES;

  private final long[] offsets;
  private final int[] sizes;
  private final long[] ticks;
  private final BitSet sync;

  private SampleTable(int samples) {
    offsets = new long[samples];
    sizes = new int[samples];
    ticks = new long[samples];
    sync = new BitSet(samples);
  }

  /** Locates all samples of an {@code stbl} box. */
  static SampleTable read(SourceBytes bytes, Box table, Limits limits) throws IOException {
    Sizes in = Sizes.open(bytes, table);
    if (in.count() > limits.frames()) {
      throw new LimitExceededException(Limits.Kind.FRAMES, limits.frames(), in.count());
    }
    SampleTable samples = new SampleTable((int) in.count());
    samples.readSizes(in);
    samples.readOffsets(bytes, table);
    samples.readTimes(bytes, table);
    samples.readSync(bytes, table);
    return samples;
  }

  /** Locates the first sample of an {@code stbl} box. */
  static Extent first(SourceBytes bytes, Box table) throws IOException {
    Sizes sizes = Sizes.open(bytes, table);
    Offsets chunks = Offsets.open(bytes, table);
    long size = sizes.count() == 0 ? 0 : sizes.next();
    long offset = chunks.count() == 0 ? 0 : chunks.next();
    if (size == 0 || offset == 0) {
      throw table.reader(bytes).malformed("sequence without samples");
    }
    return new Extent(offset, size);
  }

  /** Returns how many samples an {@code stbl} box has. */
  static long count(SourceBytes bytes, Box table) throws IOException {
    return Sizes.open(bytes, table).count();
  }

  int count() {
    return sizes.length;
  }

  Extent sample(int index) {
    return new Extent(offsets[index], sizes[index]);
  }

  /** Returns the display time of a sample, in units of the track. */
  long ticks(int index) {
    return ticks[index];
  }

  /**
   * Returns the first sample, after the very first, that depends on earlier ones; 0 if none does.
   */
  int firstNotSync() {
    int index = count() < 2 ? count() : sync.nextClearBit(1);
    return index < count() ? index : 0;
  }

  int longest() {
    int longest = 0;
    for (int size : sizes) {
      longest = Math.max(longest, size);
    }
    return longest;
  }

  long heldBytes() {
    return (long) sizes.length * BYTES_PER_SAMPLE;
  }

  private void readSizes(Sizes in) throws IOException {
    for (int i = 0; i < sizes.length; i++) {
      long size = in.next();
      if (size == 0 || size > Integer.MAX_VALUE - 64) {
        throw in.reader.malformed("sample " + (i + 1) + " of " + size + " bytes");
      }
      sizes[i] = (int) size;
    }
  }

  /**
   * Reads the offsets of samples, which are contiguous within chunks; {@code stsc} gives their
   * number per chunk.
   */
  private void readOffsets(SourceBytes bytes, Box table) throws IOException {
    Offsets chunks = Offsets.open(bytes, table);
    BoxReader in = child(bytes, table, STSC);
    in.u32();
    long runs = in.u32();
    long perChunk = 0;
    long nextRun = runs > 0 ? in.u32() : Long.MAX_VALUE;
    int sample = 0;
    for (long chunk = 1; chunk <= chunks.count() && sample < sizes.length; chunk++) {
      if (chunk == nextRun) {
        perChunk = in.u32();
        in.u32(); // sample_description_index: only one is supported
        nextRun = --runs > 0 ? in.u32() : Long.MAX_VALUE;
      }
      long offset = chunks.next();
      for (long i = 0; i < perChunk && sample < sizes.length; i++) {
        offsets[sample] = offset;
        offset += sizes[sample++];
      }
    }
    if (sample < sizes.length) {
      throw in.malformed("sample " + (sample + 1) + " is in no chunk");
    }
  }

  private void readTimes(SourceBytes bytes, Box table) throws IOException {
    Box times = table.reader(bytes).find(STTS);
    if (times == null) {
      return; // shown as long as frames without a display time
    }
    BoxReader in = times.reader(bytes);
    in.u32();
    long runs = in.u32();
    int sample = 0;
    for (long run = 0; run < runs && sample < ticks.length; run++) {
      long count = in.u32();
      long delta = in.u32();
      for (long i = 0; i < count && sample < ticks.length; i++) {
        ticks[sample++] = delta;
      }
    }
  }

  private void readSync(SourceBytes bytes, Box table) throws IOException {
    Box box = table.reader(bytes).find(STSS);
    if (box == null) {
      sync.set(0, sizes.length); // all are
      return;
    }
    BoxReader in = box.reader(bytes);
    in.u32();
    long count = in.u32();
    for (long i = 0; i < count; i++) {
      long number = in.u32();
      if (number >= 1 && number <= sizes.length) {
        sync.set((int) number - 1);
      }
    }
  }

  private static BoxReader child(SourceBytes bytes, Box table, int type) throws IOException {
    Box box = table.reader(bytes).find(type);
    if (box == null) {
      throw table.reader(bytes).malformed("no " + FourCc.name(type) + " box");
    }
    return box.reader(bytes);
  }

  /** Reads {@code stsz} or {@code stz2}. */
  private static final class Sizes {

    final BoxReader reader;
    private final int bits; // bits of one size; 0 if all are equal
    private final long equal;
    private final long count;
    private int pending = -1; // the second half of a byte

    private Sizes(BoxReader reader, int bits, long equal, long count) {
      this.reader = reader;
      this.bits = bits;
      this.equal = equal;
      this.count = count;
    }

    static Sizes open(SourceBytes bytes, Box table) throws IOException {
      Box compact = table.reader(bytes).find(STZ2);
      BoxReader in = compact == null ? child(bytes, table, STSZ) : compact.reader(bytes);
      in.u32();
      long field = in.u32();
      long count = in.u32();
      if (compact != null) {
        return new Sizes(in, (int) field & 0xff, 0, count);
      }
      return new Sizes(in, field == 0 ? 32 : 0, field, count);
    }

    long count() {
      return count;
    }

    long next() throws IOException {
      if (bits == 4) {
        int half = pending;
        pending = half < 0 ? reader.u8() : -1;
        return half < 0 ? pending >> 4 : half & 15;
      }
      return switch (bits) {
        case 0 -> equal;
        case 8 -> reader.u8();
        case 16 -> reader.u16();
        case 32 -> reader.u32();
        default -> throw reader.malformed("sample sizes of " + bits + " bits");
      };
    }
  }

  /** Reads {@code stco} or {@code co64}. */
  private record Offsets(BoxReader reader, boolean wide, long count) {

    static Offsets open(SourceBytes bytes, Box table) throws IOException {
      @Nullable Box large = table.reader(bytes).find(CO64);
      BoxReader in = large == null ? child(bytes, table, STCO) : large.reader(bytes);
      in.u32();
      return new Offsets(in, large != null, in.u32());
    }

    long next() throws IOException {
      return wide ? reader.u64() : reader.u32();
    }
  }
}
