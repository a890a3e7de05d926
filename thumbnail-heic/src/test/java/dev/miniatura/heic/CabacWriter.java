package dev.miniatura.heic;

import static dev.miniatura.heic.CabacTables.LPS;
import static dev.miniatura.heic.CabacTables.NEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Stands in for the arithmetic decoder: chooses bins at random, encodes them (H.265, 9.3.4.7) and
 * returns them, so that the decoder that asks for them decodes the stream that is written.
 */
class CabacWriter extends CabacReader {

  /**
   * The maximum number of consecutive bypass bins of 1: more could give coefficients of more than
   * 16 bits.
   */
  private static final int MAX_ONES = 6;

  /** Odds of a one, by context, in 1/256. */
  private final int[] odds = new int[Contexts.COUNT];

  private final Random random;
  private final int pcmOdds;
  private final List<Integer> substreamEnds = new ArrayList<>();
  private BitWriter out = new BitWriter();
  private int low;
  private int range;
  private int outstanding;
  private int ones;
  private boolean first;
  private int ctbsLeft;
  private boolean atRest; // the last bin ended the data

  CabacWriter(Random random) {
    this.random = random;
    pcmOdds = random.nextInt(256);
    int liveliness = 16 + random.nextInt(100);
    for (int i = 0; i < odds.length; i++) {
      odds[i] = 20 + random.nextInt(216);
      if (i == Contexts.CODED_SUB_BLOCK
          || (i >= Contexts.SIG_COEFF && i < Contexts.CU_CHROMA_QP_OFFSET_FLAG)) {
        odds[i] = liveliness / 2 + random.nextInt(liveliness);
      }
    }
    odds[Contexts.CU_QP_DELTA + 1] = 60; // few of them get out of range
  }

  /** Sets the length of the slice segment that is generated next. */
  void setCtbs(int count) {
    ctbsLeft = count;
  }

  @Override
  void start(NalUnit unit, int from) {
    out = new BitWriter();
    substreamEnds.clear();
    startEngine();
  }

  private void startEngine() {
    low = 0;
    range = 510;
    outstanding = 0;
    first = true;
    atRest = false;
  }

  /** Returns the slice segment's data. */
  byte[] data() {
    return out.toBytes();
  }

  /** Returns the ends of the substreams but the last, in bytes of the data. */
  List<Integer> substreamEnds() {
    return substreamEnds;
  }

  /** Chooses a bin. */
  int choose(int context) {
    return random.nextInt(256) < odds[context] ? 1 : 0;
  }

  /** Chooses whether the samples of a unit are written uncoded. */
  boolean choosesPcm() {
    return random.nextInt(256) < pcmOdds;
  }

  /** Chooses samples that are written uncoded. */
  void choose(byte[] pcm) {
    random.nextBytes(pcm);
  }

  @Override
  int bin(int context) {
    int bin = choose(context);
    int state = states[context];
    int lps = LPS[state << 2 | (range >> 6 & 3)];
    range -= lps;
    if (bin == (state & 1)) {
      states[context] = NEXT[state];
    } else {
      low += range;
      range = lps;
      states[context] = NEXT[128 + state];
    }
    renormalize();
    return bin;
  }

  private void renormalize() {
    while (range < 256) {
      if (low < 256) {
        put(0);
      } else if (low >= 512) {
        low -= 512;
        put(1);
      } else {
        low -= 256;
        outstanding++;
      }
      range <<= 1;
      low <<= 1;
    }
  }

  private void put(int bit) {
    if (first) {
      first = false;
    } else {
      out.u(1, bit);
    }
    for (; outstanding > 0; outstanding--) {
      out.u(1, 1 - bit);
    }
  }

  @Override
  int bypass() {
    int bin = ones < MAX_ONES ? random.nextInt(2) : 0;
    ones = bin == 0 ? 0 : ones + 1;
    low <<= 1;
    if (bin != 0) {
      low += range;
    }
    if (low >= 1024) {
      put(1);
      low -= 1024;
    } else if (low < 512) {
      put(0);
    } else {
      low -= 512;
      outstanding++;
    }
    return bin;
  }

  @Override
  int bypass(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bypass();
    }
    return value;
  }

  @Override
  int significance(int base, byte[] contexts, int from, int to) {
    int flags = 0;
    for (int n = from; n >= to; n--) {
      flags |= bin(base + contexts[n]) << n;
    }
    return flags;
  }

  @Override
  int remaining(int rice) {
    int prefix = 0;
    while (bypass() != 0) {
      prefix++;
    }
    return prefix <= 3
        ? (prefix << rice) + bypass(rice)
        : (((1 << (prefix - 3)) + 2) << rice) + bypass(prefix - 3 + rice);
  }

  private boolean terminate(boolean end) {
    range -= 2;
    if (end) {
      low += range;
      range = 2;
      renormalize();
      put((low >> 9) & 1);
      out.u(2, ((low >> 7) & 3) | 1);
      out.alignWithZeros();
      atRest = true;
    } else {
      renormalize();
    }
    return end;
  }

  @Override
  boolean pcmFlag() {
    return terminate(choosesPcm());
  }

  @Override
  boolean endOfSliceSegment() {
    return terminate(--ctbsLeft == 0);
  }

  @Override
  void endOfSubset() {
    terminate(true);
    substreamEnds.add(out.toBytes().length);
    startEngine();
  }

  @Override
  PcmReader pcm(int totalBits) {
    byte[] samples = new byte[(totalBits + 7) >> 3];
    choose(samples);
    out.bytes(samples);
    startEngine();
    return new PcmReader(samples, 0);
  }

  @Override
  void checkEnd() {
    if (!atRest) {
      throw new IllegalStateException("the slice segment has not ended");
    }
  }
}
