package dev.miniatura.internal.zstd;

import org.jspecify.annotations.Nullable;

/**
 * The sequences section of a block (RFC 8878, section 3.1.1.3.2): alternating literals and matches.
 */
final class Sequences {

  private static final int LITERALS = 0; // the kinds of codes, in the order of their tables
  private static final int OFFSETS = 1;
  private static final int MATCHES = 2;
  private static final int[] MAX_ACCURACY = {9, 8, 9};
  private static final int[] SYMBOLS = {36, 32, 53};

  /** Section 3.1.1.3.2.2. */
  private static final FseTable[] PREDEFINED = {
    FseTable.of(
        6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1,
        1, 1, -1, -1, -1, -1),
    FseTable.of(
        5, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1,
        -1),
    FseTable.of(
        6, 1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1)
  };

  /** The numbers of extra bits of codes that stand for several lengths (section 3.1.1.3.2.1.1). */
  private static final byte[][] LENGTH_BITS = {
    {1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
    {},
    {1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
  };

  private static final int[] DIRECT = {16, 0, 32}; // codes below these are lengths
  private static final int MIN_MATCH = 3;
  private static final int[][] BASES = {bases(LITERALS, 0), {}, bases(MATCHES, MIN_MATCH)};

  private final @Nullable FseTable[] tables = new @Nullable FseTable[3];
  private final int[] recent = new int[3]; // offsets

  private static int[] bases(int kind, int first) {
    byte[] bits = LENGTH_BITS[kind];
    int[] bases = new int[bits.length];
    int base = DIRECT[kind] + first;
    for (int i = 0; i < bits.length; i++) {
      bases[i] = base;
      base += 1 << bits[i];
    }
    return bases;
  }

  /** Begins a frame. */
  void reset() {
    for (int i = 0; i < tables.length; i++) {
      tables[i] = null;
    }
    recent[0] = 1;
    recent[1] = 4;
    recent[2] = 8;
  }

  /** Reads the section and executes it on a window. */
  void run(byte[] block, int start, int end, Literals literals, Window window) throws BrokenBlock {
    int taken = 0;
    BrokenBlock.check(start < end, "a block without sequences");
    int at = start;
    int count = block[at++] & 0xff;
    if (count >= 128) {
      int more = count == 255 ? 2 : 1;
      BrokenBlock.check(at + more < end, "sequences that end early");
      count =
          more == 1
              ? ((count - 128) << 8) + (block[at] & 0xff)
              : (block[at] & 0xff) + ((block[at + 1] & 0xff) << 8) + 0x7f00;
      at += more;
    }
    if (count > 0) {
      at = readTables(block, at, end);
      taken = execute(count, BackwardBits.of(block, at, end), literals, window);
    }
    window.append(literals.bytes, taken, literals.count - taken);
  }

  private int readTables(byte[] block, int start, int end) throws BrokenBlock {
    BrokenBlock.check(start < end, "sequences that end early");
    int modes = block[start];
    int at = start + 1;
    for (int kind = 0; kind < tables.length; kind++) {
      switch (modes >> (6 - 2 * kind) & 3) {
        case 0 -> tables[kind] = PREDEFINED[kind];
        case 1 -> {
          BrokenBlock.check(at < end, "sequences that end early");
          int symbol = block[at++] & 0xff;
          BrokenBlock.check(symbol < SYMBOLS[kind], "a sequence of code " + symbol);
          tables[kind] = FseTable.single(symbol);
        }
        case 2 -> {
          FseTable.Described described =
              FseTable.read(block, at, end, MAX_ACCURACY[kind], SYMBOLS[kind]);
          tables[kind] = described.table();
          at = described.end();
        }
        default -> BrokenBlock.check(tables[kind] != null, "a table that never was");
      }
    }
    return at;
  }

  private FseTable table(int kind) throws BrokenBlock {
    FseTable table = tables[kind];
    if (table == null) {
      throw new IllegalStateException("no table " + kind); // readTables ensures there is one
    }
    return table;
  }

  private int execute(int count, BackwardBits in, Literals literals, Window window)
      throws BrokenBlock {
    FseTable ofLiterals = table(LITERALS);
    FseTable ofOffsets = table(OFFSETS);
    FseTable ofMatches = table(MATCHES);
    int literal = in.read(ofLiterals.accuracy);
    int offsets = in.read(ofOffsets.accuracy);
    int match = in.read(ofMatches.accuracy);
    int taken = 0;
    for (int i = 0; i < count; i++) {
      int code = ofOffsets.symbols[offsets];
      long value = (1L << code) + in.read(code);
      int matchLength = length(MATCHES, ofMatches.symbols[match], in);
      int literalLength = length(LITERALS, ofLiterals.symbols[literal], in);
      BrokenBlock.check(literalLength <= literals.count - taken, "more literals than there are");
      window.append(literals.bytes, taken, literalLength);
      taken += literalLength;
      window.copy(offset(value, literalLength), matchLength);
      if (i < count - 1) {
        literal = ofLiterals.next(literal, in);
        match = ofMatches.next(match, in);
        offsets = ofOffsets.next(offsets, in);
      }
    }
    BrokenBlock.check(in.left == 0, "sequences that do not end with their bits");
    return taken;
  }

  private static int length(int kind, int code, BackwardBits in) {
    int index = code - DIRECT[kind];
    if (index < 0) {
      return code + (kind == MATCHES ? MIN_MATCH : 0);
    }
    return BASES[kind][index] + in.read(LENGTH_BITS[kind][index]);
  }

  /** Section 3.1.1.5: the first three values stand for recent offsets. */
  private int offset(long value, int literalLength) throws BrokenBlock {
    if (value > 3) {
      BrokenBlock.check(value - 3 <= Integer.MAX_VALUE, "an offset that is too large");
      return use((int) (value - 3), 2);
    }
    int index = (int) value - 1 + (literalLength == 0 ? 1 : 0);
    if (index < 3) {
      return use(recent[index], index);
    }
    BrokenBlock.check(recent[0] > 1, "an offset of 0");
    return use(recent[0] - 1, 2);
  }

  private int use(int offset, int from) {
    System.arraycopy(recent, 0, recent, 1, from);
    recent[0] = offset;
    return offset;
  }
}
