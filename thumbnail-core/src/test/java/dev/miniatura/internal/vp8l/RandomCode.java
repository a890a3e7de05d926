package dev.miniatura.internal.vp8l;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A prefix code for given symbols, with a random shape, written in one of the possible ways. */
final class RandomCode {

  private final Random random;
  private final int[] lengths;
  private final int[] codes;
  private final int used;

  /**
   * Makes a code.
   *
   * @param symbols that must have a code, of which there is at least one
   * @param alphabet number of symbols; some others may get a code, too
   * @param most bits of a code
   */
  RandomCode(Set<Integer> symbols, int alphabet, int most, Random random) {
    this.random = random;
    TreeSet<Integer> all = new TreeSet<>(symbols);
    for (int more = random.nextInt(3) == 0 ? random.nextInt(6) : 0; more > 0; more--) {
      all.add(random.nextInt(alphabet));
    }
    List<Integer> shape = shape(all.size(), most);
    lengths = new int[alphabet];
    codes = new int[alphabet];
    used = all.size();
    for (int symbol : all) {
      lengths[symbol] = shape.remove(random.nextInt(shape.size()));
    }
    int code = 0;
    for (int length = 1; length <= 15; length++, code <<= 1) {
      for (int symbol = 0; symbol < alphabet; symbol++) {
        if (lengths[symbol] == length) {
          codes[symbol] = code++;
        }
      }
    }
  }

  /** Lengths of a complete code: a leaf of the tree is split until there are enough. */
  private List<Integer> shape(int size, int most) {
    List<Integer> leaves = new ArrayList<>(List.of(size == 1 ? 1 : 0));
    boolean skewed = random.nextBoolean();
    while (leaves.size() < size) {
      int at = skewed ? leaves.size() - 1 : random.nextInt(leaves.size());
      while (leaves.get(at) == most) {
        at = random.nextInt(leaves.size());
      }
      int length = leaves.remove(at) + 1;
      leaves.add(length);
      leaves.add(length);
    }
    return leaves;
  }

  /** Writes a symbol, the first bit of its code first; one that is alone takes none. */
  void put(BitWriter out, int symbol) {
    for (int bit = used == 1 ? -1 : lengths[symbol] - 1; bit >= 0; bit--) {
      out.put(codes[symbol] >> bit & 1, 1);
    }
  }

  /** Writes the code. */
  void put(BitWriter out) {
    int first = next(0);
    int second = used == 1 ? first : next(first + 1);
    boolean simple = used <= 2 && second < 256 && random.nextInt(4) > 0;
    out.put(simple);
    if (!simple) {
      putLengths(out);
      return;
    }
    out.put(used == 2);
    boolean swapped = random.nextBoolean();
    int one = swapped ? second : first;
    boolean eightBits = one > 1 || random.nextBoolean();
    out.put(eightBits);
    out.put(one, eightBits ? 8 : 1);
    if (used == 2) {
      out.put(swapped ? first : second, 8);
    }
  }

  /** Returns the first symbol from one on that has a code. */
  private int next(int symbol) {
    int at = symbol;
    while (lengths[at] == 0) {
      at++;
    }
    return at;
  }

  private void putLengths(BitWriter out) {
    List<int[]> tokens = tokens(); // a code, the number of bits behind it, and those
    boolean limited = tokens.size() >= 2 && random.nextBoolean();
    while (limited && tokens.size() > 2 && standsForZeros(tokens.get(tokens.size() - 1)[0])) {
      tokens.remove(tokens.size() - 1);
    }
    TreeSet<Integer> symbols = new TreeSet<>();
    tokens.forEach(token -> symbols.add(token[0]));
    RandomCode code = new RandomCode(symbols, 19, 7, random);
    int count = 19;
    while (count > 4 && code.lengths[PrefixCodes.LENGTH_ORDER[count - 1]] == 0) {
      count--;
    }
    count += random.nextInt(20 - count);
    out.put(count - 4, 4);
    for (int i = 0; i < count; i++) {
      out.put(code.lengths[PrefixCodes.LENGTH_ORDER[i]], 3);
    }
    out.put(limited);
    if (limited) {
      int most = tokens.size() - 2;
      int pairs = Math.max(0, (33 - Integer.numberOfLeadingZeros(most)) / 2 - 1);
      pairs += random.nextInt(8 - pairs);
      out.put(pairs, 3);
      out.put(most, 2 + 2 * pairs);
    }
    for (int[] token : tokens) {
      code.put(out, token[0]);
      out.put(token[2], token[1]);
    }
  }

  private static boolean standsForZeros(int token) {
    return token == 0 || token > 16;
  }

  private List<int[]> tokens() {
    List<int[]> tokens = new ArrayList<>();
    int previous = 8;
    for (int at = 0; at < lengths.length; ) {
      int length = lengths[at];
      int run = 1;
      while (at + run < lengths.length && lengths[at + run] == length) {
        run++;
      }
      boolean long18 = length == 0 && run >= 11 && random.nextInt(8) > 0;
      boolean short17 = length == 0 && run >= 3 && random.nextInt(8) > 0;
      boolean repeat16 = length == previous && run >= 3 && random.nextInt(8) > 0;
      int stands = 1;
      if (long18) {
        stands = random.nextInt(3) == 0 ? 11 : Math.min(run, 138);
        tokens.add(new int[] {18, 7, stands - 11});
      } else if (short17) {
        stands = Math.min(run, 3 + random.nextInt(8));
        tokens.add(new int[] {17, 3, stands - 3});
      } else if (repeat16) {
        stands = Math.min(run, 3 + random.nextInt(4));
        tokens.add(new int[] {16, 2, stands - 3});
      } else {
        tokens.add(new int[] {length, 0, 0});
      }
      previous = length == 0 ? previous : length;
      at += stands;
    }
    return tokens;
  }
}
