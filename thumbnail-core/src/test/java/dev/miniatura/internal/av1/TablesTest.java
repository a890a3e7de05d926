package dev.miniatura.internal.av1;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TablesTest {

  @Test
  void cosinesAreThoseOfTheSpecification() {
    int[] listed = { // Cos128_Lookup, every eighth
      4096, 4017, 3784, 3406, 2896, 2276, 1567, 799, 0
    };
    for (int i = 0; i < listed.length; i++) {
      assertEquals(listed[i], Butterflies.cos128(8 * i));
      assertEquals(-listed[i], Butterflies.cos128(128 - 8 * i));
      assertEquals(listed[i], Butterflies.sin128(64 - 8 * i));
    }
    assertEquals(3822, Butterflies.cos128(15));
    assertEquals(101, Butterflies.cos128(63));
  }

  @Test
  void scansVisitEachPositionOnce() {
    for (int txSize = 0; txSize < Blocks.TX_SIZES_ALL; txSize++) {
      for (int txClass = 0; txClass < 3; txClass++) {
        short[] scan = Scans.scan(txSize, txClass).clone();
        Arrays.sort(scan);
        for (int i = 0; i < scan.length; i++) {
          assertEquals(i, scan[i]);
        }
      }
    }
  }

  @Test
  void scansAreThoseOfTheSpecification() {
    short[] square = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    assertArrayEquals(square, Scans.scan(Blocks.TX_4X4, Modes.TX_CLASS_2D));
    short[] tall = {0, 1, 4, 2, 5, 8, 3, 6, 9, 12, 7, 10};
    short[] wide = {0, 8, 1, 16, 9, 2, 24, 17, 10, 3, 25, 18};
    assertArrayEquals(tall, Arrays.copyOf(Scans.scan(5, Modes.TX_CLASS_2D), 12));
    assertArrayEquals(wide, Arrays.copyOf(Scans.scan(6, Modes.TX_CLASS_2D), 12));
    short[] rows = {0, 1, 2, 3, 4, 5};
    short[] columns = {0, 8, 16, 24, 1, 9};
    assertArrayEquals(rows, Arrays.copyOf(Scans.scan(6, Modes.TX_CLASS_VERT), 6));
    assertArrayEquals(columns, Arrays.copyOf(Scans.scan(6, Modes.TX_CLASS_HORIZ), 6));
  }

  @Test
  void matricesRepeatEntriesOfTwo() {
    assertArrayEquals(
        bytes(32, 43, 73, 97, 43, 67, 94, 110, 73, 94, 137, 150, 97, 110, 150, 200),
        Quantizers.matrix(0, 0, Blocks.TX_4X4));
    int[] tall = {32, 42, 75, 91, 33, 42, 69, 86, 37, 58, 84, 91, 49, 71, 103, 110};
    assertArrayEquals(bytes(tall), Arrays.copyOf(Quantizers.matrix(0, 0, 5), 16));
    int[] wide = {32, 33, 37, 49, 65, 80, 91, 104, 42, 42, 58, 71};
    assertArrayEquals(bytes(wide), Arrays.copyOf(Quantizers.matrix(0, 0, 6), 12));
    int[] last = {95, 89, 98, 113, 138, 159, 183, 199, 109, 102, 106, 121, 142, 168, 199, 220};
    byte[] square = Quantizers.matrix(0, 0, Blocks.TX_8X8);
    assertArrayEquals(bytes(last), Arrays.copyOfRange(square, 48, 64));
    byte[] flat = Quantizers.matrix(14, 1, Blocks.TX_16X32);
    int[] end = {30, 30, 31, 31, 31, 31, 31, 31, 32, 32, 32, 32, 32, 32, 32, 32};
    assertArrayEquals(bytes(end), Arrays.copyOfRange(flat, 496, 512));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void quantizersGrow() {
    for (int depth = 8; depth <= 12; depth += 2) {
      for (int i = 1; i < 256; i++) {
        assertTrue(Quantizers.ac(depth, i) > Quantizers.ac(depth, i - 1));
        assertTrue(Quantizers.dc(depth, i) >= Quantizers.dc(depth, i - 1));
      }
    }
    assertEquals(1828, Quantizers.ac(8, 300));
    assertEquals(4, Quantizers.dc(12, -3));
  }

  @Test
  void symbolsComeBackAsTheyWereWritten() {
    Random random = new Random(3);
    char[] cdfs = Cdfs.defaults(100).clone();
    int[] at = {Cdfs.Y_MODE, Cdfs.SKIP, Cdfs.CFL_ALPHA, Cdfs.COEFF_BASE, Cdfs.EOB_PT_1024};
    int[] counts = {13, 2, 16, 4, 11};
    int[] chosen = new int[4_000];
    int[] index = {0};
    ChosenSymbols out =
        new ChosenSymbols(
            cdfs,
            true,
            new ChosenSymbols.Choice() {
              @Override
              public int symbol(int place, int count) {
                chosen[index[0]] = random.nextInt(random.nextInt(count) + 1);
                return chosen[index[0]];
              }

              @Override
              public boolean flag(int inverse) {
                chosen[index[0]] = random.nextInt(2);
                return chosen[index[0]] != 0;
              }
            });
    for (; index[0] < chosen.length; index[0]++) {
      int kind = index[0] % 6;
      if (kind < 5) {
        out.symbol(at[kind], counts[kind]);
      } else {
        out.bit();
      }
    }
    byte[] data = out.finish();
    SymbolDecoder in = new SymbolDecoder(Cdfs.defaults(100).clone(), true, data, 0, data.length);
    for (int i = 0; i < chosen.length; i++) {
      int kind = i % 6;
      assertEquals(chosen[i], kind < 5 ? in.symbol(at[kind], counts[kind]) : in.bit());
    }
    assertArrayEquals(cdfs, in.cdfs);
  }
}
