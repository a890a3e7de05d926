package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.testing.PngWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowFilterReferenceTest {

  @Test
  void filter_everyWidthAndKind_isTheSmallestOfTheSpecification() {
    Random random = new Random(5);
    for (int width : new int[] {1, 2, 3, 7, 8, 64, 700, 2100}) {
      for (ColorKind color : new ColorKind[] {ColorKind.GRAY, ColorKind.RGB}) {
        for (int spread : new int[] {2, 20, 256}) {
          assertSmallest(rows(width, color, spread, random));
        }
      }
    }
  }

  private static void assertSmallest(RowSource source) {
    int length = source.rowBytes();
    int distance = source.bitsPerPixel() / 8;
    RowFilter filter = new RowFilter(source);
    byte[] above = new byte[length];
    byte[] row = new byte[length];
    for (int y = 0; y < source.height(); y++) {
      source.read(y, row);
      byte[] best = new byte[0];
      long min = Long.MAX_VALUE;
      for (int type = 0; type < 5; type++) {
        byte[] candidate = new byte[1 + length];
        candidate[0] = (byte) type;
        long sum = 0;
        for (int i = 0; i < length; i++) {
          int a = i < distance ? 0 : row[i - distance] & 0xff;
          int c = i < distance ? 0 : above[i - distance] & 0xff;
          candidate[1 + i] = (byte) (row[i] - PngWriter.predict(type, a, above[i] & 0xff, c));
          sum += Math.abs(candidate[1 + i]);
        }
        if (sum < min) {
          min = sum;
          best = candidate;
        }
      }
      byte[] actual = new byte[1 + length];
      filter.filter(row, actual, 0);
      assertThat(actual).isEqualTo(best);
      above = row.clone();
    }
  }

  /** Gray with alpha, or RGB without, in rows that grow rougher. */
  private static RowSource rows(int width, ColorKind color, int spread, Random random) {
    boolean gray = color == ColorKind.GRAY;
    Raster raster = Raster.of(width, 12, color, gray);
    for (int c = 0; c < raster.channelCount(); c++) {
      byte[] samples = raster.channel(c);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) (i % width * i / width / 5 + random.nextInt(spread));
      }
    }
    return gray
        ? RowSource.ofChannels(raster, RowSource.GRAY_ALPHA, 0, 1)
        : RowSource.ofChannels(raster, RowSource.RGB, 0, 1, 2);
  }
}
