package dev.miniatura.internal.deflate;

/**
 * Divides bytes into literals and matches. A match gives way to one that begins a byte later if
 * that takes fewer bits, by the costs of symbols so far; so does a short one to its literals.
 *
 * <p>Samples of pixels repeat as whole pixels: within matches, only the positions where pixels
 * begin are made known, if they have no alpha.
 */
final class Parser {

  /** Tokens of a piece. */
  private static final int PIECE = 2048;

  /** Longer matches always take fewer bits than literals. */
  private static final int MAX_CHECKED = 8;

  /** Where alpha varies, the colors of neighbors are often equal: parts of pixels repeat. */
  private static final int RGB_ALPHA_BYTES = 4;

  private final byte[] data;
  private final int pixelBytes;
  private final int rowBytes;
  private final Effort effort;
  private final MatchFinder finder;
  private final Costs costs;

  /** The bytes of literals and the lengths of matches, as {@link Block} has them. */
  private final int[] tokens;

  private int size;
  private int at;
  private int match; // at that position, as the finder returns it
  private int last = 1; // distance
  private int rowEnd;

  /**
   * Creates a parser.
   *
   * @param pixelBytes the number of bytes that repeat together
   * @param rowBytes the number of bytes of a row of pixels, with one more in front
   * @param pieces the number of pieces of which the tokens are kept
   */
  Parser(byte[] data, int pixelBytes, int rowBytes, Matches matches, Effort effort, int pieces) {
    this.data = data;
    boolean all = matches == Matches.ALL;
    boolean whole = all && !effort.everyPosition() && pixelBytes < RGB_ALPHA_BYTES;
    this.pixelBytes = whole ? pixelBytes : 1;
    this.rowBytes = rowBytes;
    this.effort = effort;
    rowEnd = rowBytes;
    int hashed = !all ? Long.BYTES : pixelBytes == 1 ? 5 : 6;
    finder = new MatchFinder(data, hashed, all, rowBytes);
    costs = new Costs(data);
    tokens = new int[Math.min(data.length, pieces * PIECE)];
    match = search(0);
  }

  /** Returns the tokens since the last call of {@link #restart}. */
  int[] tokens() {
    return tokens;
  }

  /** Returns the number of tokens. */
  int size() {
    return size;
  }

  /** Returns the number of bytes that they and all before stand for. */
  int at() {
    return at;
  }

  /** Forgets the tokens. */
  void restart() {
    size = 0;
  }

  /** Adds the tokens of the next piece, and the numbers of their symbols to counts. */
  void piece(int[] counts) {
    int start = at;
    int end = Math.min(size + PIECE, tokens.length);
    while (size < end && at < data.length) {
      if (match == 0) {
        literal(counts);
        match = search(at);
        continue;
      }
      int length = match >>> 16;
      int next = at + 1;
      if (length < effort.lazy()) {
        int later = finder.next(next++, length, effort.nice(), last);
        if (later != 0 && better(later)) {
          literal(counts);
          match = later;
          continue;
        }
      }
      int distance = match & 0xffff;
      last = distance;
      tokens[size++] = (Block.MATCHES + length - Symbols.MIN_LENGTH) << 16 | distance;
      counts[Symbols.LENGTHS + Symbols.lengthCode(length)]++;
      counts[Pieces.DISTANCES + Symbols.distance(distance)]++;
      at += length;
      add(next, at);
      match = search(at);
    }
    costs.add(counts, at - start);
  }

  private void literal(int[] counts) {
    int literal = data[at++] & 0xff;
    tokens[size++] = literal << 16;
    counts[literal]++;
  }

  private int search(int at) {
    int found = finder.next(at, Symbols.MIN_LENGTH - 1, effort.nice(), last);
    return found != 0 && found >>> 16 <= MAX_CHECKED && !pays(found, at) ? 0 : found;
  }

  private boolean pays(int match, int at) {
    int saved = -costs.match(match);
    for (int i = match >>> 16; i-- > 0; ) {
      saved += costs.literal[data[at + i] & 0xff];
    }
    return saved > 0;
  }

  /** Returns whether a literal and then another match take fewer bits than the match. */
  private boolean better(int later) {
    int more = 1 + (later >>> 16) - (match >>> 16); // bytes, which others must code instead
    int bits = costs.literal[data[at] & 0xff] + costs.match(later) - costs.match(match);
    return bits < more * (costs.mean + Costs.BEYOND_MATCH);
  }

  /** Makes positions within a match known. */
  private void add(int from, int to) {
    if (pixelBytes == 1) {
      finder.add(from, to, 1);
      return;
    }
    int next = from;
    while (next < to) {
      while (next >= rowEnd) {
        rowEnd += rowBytes;
      }
      if (next == rowEnd - rowBytes) {
        next++; // the filter type
      }
      next += (rowEnd - next) % pixelBytes;
      finder.add(next, Math.min(to, rowEnd), pixelBytes);
      next = rowEnd;
    }
  }
}
