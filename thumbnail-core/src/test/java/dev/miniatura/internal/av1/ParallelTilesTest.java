package dev.miniatura.internal.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.MalformedImageException;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.HeifMaker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiles of a grid, decoded by several threads. */
class ParallelTilesTest {

  private static final int COLUMNS = 5;
  private static final int ROWS = 3;
  private static final int SIDE = GrayFrames.SIDE;
  private static final ThumbnailSpec SPEC = ThumbnailSpec.fit(200, 200).format(OutputFormat.PNG);

  /** Returns a grid of which some tiles, counted from 0, are broken. */
  private static ImageSource grid(Integer... broken) throws IOException {
    HeifMaker maker = HeifMaker.of("avif", "mif1", "miaf");
    int width = COLUMNS * SIDE - 10;
    int height = ROWS * SIDE - 20;
    int[] tiles = new int[COLUMNS * ROWS];
    int grid =
        maker.item(
            "grid", HeifMaker.grid(ROWS, COLUMNS, width, height), HeifMaker.ispe(width, height));
    for (int i = 0; i < tiles.length; i++) {
      byte[] frame = GrayFrames.keyFrame(i);
      if (List.of(broken).contains(i)) {
        frame[2] |= (byte) 0x80; // obu_forbidden_bit
      }
      tiles[i] =
          maker.item("av01", frame, HeifMaker.av1C(0, 8, true, 1, 1), HeifMaker.ispe(SIDE, SIDE));
    }
    maker.reference("dimg", grid, tiles);
    return ImageSource.of(maker.bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 16})
  void render_severalThreads_givesTheSameBytesAndLeavesNoThreadAtWork(int threads)
      throws Exception {
    Thumbnailer one = Thumbnailer.create();
    Thumbnailer several = one.withParallelism(threads);
    ThumbnailSpec part = ThumbnailSpec.cover(30, 90).format(OutputFormat.PNG);
    for (ThumbnailSpec spec : List.of(SPEC, part)) {
      assertThat(several.render(grid(), spec).bytes()).isEqualTo(one.render(grid(), spec).bytes());
    }
    assertThat(Thread.getAllStackTraces().entrySet().stream())
        .filteredOn(thread -> thread.getKey().getName().equals("miniatura-worker"))
        .flatMap(thread -> List.of(thread.getValue()))
        .noneMatch(frame -> frame.getClassName().startsWith("dev.miniatura.internal.av1"));
  }

  @Test
  void plan_severalThreads_countsTheMemoryOfEach() throws Exception {
    long one = peak(1);
    long two = peak(2);
    assertThat(peak(3) - two).isEqualTo(two - one).isPositive();
    assertThat(peak(100)).isEqualTo(peak(COLUMNS));
  }

  /** Returns the memory planned for a thumbnail that takes less than decoding. */
  private static long peak(int threads) throws IOException {
    Thumbnailer thumbnailer = Thumbnailer.create().withParallelism(threads);
    ThumbnailSpec spec = ThumbnailSpec.fit(16, 16).format(OutputFormat.JPEG);
    return thumbnailer.plan(grid(), List.of(spec)).peakBytes();
  }

  @Test
  void render_brokenTiles_endsWithTheErrorOfTheFirst() throws Exception {
    ImageSource source = grid(COLUMNS + 1, COLUMNS + 3, COLUMNS + 4);
    MalformedImageException alone =
        catchThrowableOfType(
            MalformedImageException.class, () -> Thumbnailer.create().render(source, SPEC));
    Thumbnailer several = Thumbnailer.create().withParallelism(4);
    assertThatThrownBy(() -> several.render(source, SPEC))
        .isInstanceOf(MalformedImageException.class)
        .hasMessage(alone.getMessage());
  }

  @Test
  void render_interrupted_isToldAndStaysInterrupted() throws Exception {
    ImageSource source = grid();
    Thumbnailer several = Thumbnailer.create().withParallelism(4);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> several.render(source, SPEC))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void withParallelism_lessThanOne_isRefused() {
    Thumbnailer thumbnailer = Thumbnailer.create();
    assertThatThrownBy(() -> thumbnailer.withParallelism(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parallelism: 0");
  }
}
