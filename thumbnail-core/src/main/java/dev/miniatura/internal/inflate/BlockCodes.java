package dev.miniatura.internal.inflate;

import dev.miniatura.internal.inflate.BitInput.EndOfInput;
import dev.miniatura.internal.inflate.CodeTable.Result;
import java.io.IOException;
import java.util.Arrays;

/** The two codes of a compressed block: literals and lengths, and distances (RFC 1951, 3.2.5–7). */
final class BlockCodes {

  /** Bits of one lookup; with 2,048 ints the first-level table fits in half of a small L1 cache. */
  static final int LITERAL_ROOT_BITS = 11;

  static final int DISTANCE_ROOT_BITS = 8;

  private static final int LITERAL_CODES = 288;
  private static final int DISTANCE_CODES = 32;
  private static final int END_OF_BLOCK = 256;
  private static final int MAX_LITERAL_CODES = 286; // the maximum that a dynamic block may define
  private static final int MAX_DISTANCE_CODES = 30;
  private static final int LENGTH_CODES = 19;

  /** The order in which the lengths of the code length code are stored (3.2.7). */
  private static final byte[] LENGTH_CODE_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int[] LITERAL_SYMBOLS = literalSymbols();
  private static final int[] DISTANCE_SYMBOLS = distanceSymbols();
  private static final int[] LENGTH_SYMBOLS = lengthSymbols();

  /** The codes of blocks of type 1, built on first use. */
  private static final class Fixed {
    static final BlockCodes CODES = create();

    private static BlockCodes create() {
      byte[] lengths = new byte[LITERAL_CODES];
      Arrays.fill(lengths, 0, 144, (byte) 8);
      Arrays.fill(lengths, 144, 256, (byte) 9);
      Arrays.fill(lengths, 256, 280, (byte) 7);
      Arrays.fill(lengths, 280, LITERAL_CODES, (byte) 8);
      BlockCodes codes = new BlockCodes();
      codes.literals.build(lengths, 0, LITERAL_CODES);
      codes.literals.joinLiterals();
      Arrays.fill(lengths, 0, DISTANCE_CODES, (byte) 5);
      codes.distances.build(lengths, 0, DISTANCE_CODES);
      return codes;
    }
  }

  final CodeTable literals = new CodeTable(LITERAL_ROOT_BITS, 15, LITERAL_SYMBOLS);
  final CodeTable distances = new CodeTable(DISTANCE_ROOT_BITS, 15, DISTANCE_SYMBOLS);
  private final CodeTable codeLengths = new CodeTable(7, 7, LENGTH_SYMBOLS);
  private final byte[] lengths = new byte[MAX_LITERAL_CODES + MAX_DISTANCE_CODES + 2];

  /** Returns the codes of a block of type 1, which must not be changed. */
  static BlockCodes fixed() {
    return Fixed.CODES;
  }

  /** Reads the codes of a block of type 2 from the block's header. */
  void read(BitInput in) throws IOException, EndOfInput {
    int literalCodes = in.take(5) + 257;
    int distanceCodes = in.take(5) + 1;
    int stored = in.take(4) + 4;
    if (literalCodes > MAX_LITERAL_CODES || distanceCodes > MAX_DISTANCE_CODES) {
      throw in.malformed("too many length or distance symbols");
    }
    Arrays.fill(lengths, 0, LENGTH_CODES, (byte) 0);
    for (int i = 0; i < stored; i++) {
      lengths[LENGTH_CODE_ORDER[i]] = (byte) in.take(3);
    }
    if (codeLengths.build(lengths, 0, LENGTH_CODES) != Result.GOOD) {
      throw in.malformed("invalid code length code");
    }
    readLengths(in, literalCodes + distanceCodes);
    if (lengths[END_OF_BLOCK] == 0) {
      throw in.malformed("no code for the end of the block");
    }
    if (literals.build(lengths, 0, literalCodes) != Result.GOOD) {
      throw in.malformed("invalid literal and length code");
    }
    if (distances.build(lengths, literalCodes, distanceCodes) != Result.GOOD) {
      throw in.malformed("invalid distance code");
    }
    literals.joinLiterals();
  }

  private void readLengths(BitInput in, int total) throws IOException, EndOfInput {
    int at = 0;
    while (at < total) {
      int entry = codeLengths.entries[(int) in.bits & 127];
      while ((entry & 63) > in.count) {
        in.pull();
        entry = codeLengths.entries[(int) in.bits & 127];
      }
      if (entry < 0) {
        throw in.malformed("invalid code length");
      }
      in.drop(entry & 63);
      int symbol = entry >>> CodeTable.VALUE_SHIFT;
      if (symbol < 16) {
        lengths[at++] = (byte) symbol;
        continue;
      }
      byte repeated = 0;
      int times;
      if (symbol == 16) {
        if (at == 0) {
          throw in.malformed("a code length repeats none");
        }
        repeated = lengths[at - 1];
        times = in.take(2) + 3;
      } else {
        times = symbol == 17 ? in.take(3) + 3 : in.take(7) + 11;
      }
      if (times > total - at) {
        throw in.malformed("code lengths repeat beyond the last symbol");
      }
      Arrays.fill(lengths, at, at + times, repeated);
      at += times;
    }
  }

  private static int[] lengthSymbols() {
    int[] symbols = new int[LENGTH_CODES];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = i << CodeTable.VALUE_SHIFT;
    }
    return symbols;
  }

  private static int[] literalSymbols() {
    int[] symbols = new int[LITERAL_CODES];
    Arrays.fill(symbols, CodeTable.INVALID);
    for (int i = 0; i < END_OF_BLOCK; i++) {
      symbols[i] = i << CodeTable.VALUE_SHIFT;
    }
    symbols[END_OF_BLOCK] = CodeTable.END;
    int base = 3;
    for (int i = 257; i < 285; i++) {
      int extra = Math.max(0, (i - 261) / 4);
      symbols[i] = CodeTable.lengthSymbol(base, extra);
      base += 1 << extra;
    }
    symbols[285] = CodeTable.lengthSymbol(258, 0);
    return symbols;
  }

  private static int[] distanceSymbols() {
    int[] symbols = new int[DISTANCE_CODES];
    Arrays.fill(symbols, CodeTable.INVALID);
    int base = 1;
    for (int i = 0; i < MAX_DISTANCE_CODES; i++) {
      int extra = Math.max(0, (i - 2) / 2);
      symbols[i] = CodeTable.distanceSymbol(base, extra);
      base += 1 << extra;
    }
    return symbols;
  }
}
