package dev.miniatura.internal.jpeg.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.StreamSource;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One JPEG, decoded by several threads: everything is as with one. */
class ParallelReaderTest {

  private static final BufferedImage PHOTO = TestImages.photo(720, 520);
  private static final BufferedImage LARGE = TestImages.photo(1200, 1000);
  private static final double[] TARGETS = {20, 180, 350, Decoded.FULL};
  private static final ThumbnailSpec SPEC = ThumbnailSpec.fit(300, 300);
  private static final byte[] PLAIN = JpegMaker.of(PHOTO).sampling(1, 1).quality(92).bytes();

  /** Files with at least 4,096 MCUs. */
  private static final List<byte[]> FILES =
      List.of(
          PLAIN,
          JpegMaker.of(PHOTO).color(JpegMaker.Color.GRAY).quality(97).bytes(),
          JpegMaker.of(PHOTO).color(JpegMaker.Color.CMYK).sampling(1, 1).bytes(),
          JpegMaker.of(LARGE).quality(95).bytes(),
          JpegMaker.of(LARGE).sampling(2, 1).quality(20).bytes(),
          JpegMaker.of(LARGE).sampling(1, 2).bytes(),
          JpegMaker.of(PHOTO).separateScans().quality(90).bytes(),
          JpegMaker.of(PHOTO).separateScans().sampling(1, 1).quality(90).bytes(),
          JpegMaker.of(PHOTO).sampling(1, 1).restartInterval(113).quality(90).bytes(),
          JpegMaker.of(PHOTO).sampling(1, 1).restartInterval(1000).quality(90).bytes(),
          JpegMaker.of(PHOTO).sampling(1, 1).restartInterval(20).bytes(),
          JpegMaker.of(PHOTO).separateScans().restartInterval(64).bytes(),
          JpegMaker.of(TestImages.solid(2400, 2400, 0x336699)).bytes(),
          JpegMaker.of(TestImages.noise(520, 520, 5)).sampling(1, 1).quality(100).bytes(),
          JpegMaker.of(PHOTO).progressive().bytes(),
          JpegMaker.of(PHOTO).sampling(1, 1).arithmetic().bytes());

  static Stream<byte[]> files() {
    return FILES.stream();
  }

  private static void assertSame(byte[] file, int threads, double... targets) throws IOException {
    for (double target : targets) {
      assertSame(file, target, Decoded.of(file, target), threads);
    }
  }

  private static void assertSame(byte[] file, double target, Decoded one, int threads)
      throws IOException {
    for (ImageSource source : List.of(new BytesSource(file), chunked(file))) {
      Decoded several = Decoded.of(source, target, threads);
      assertThat(several.planes()).isDeepEqualTo(one.planes());
      assertThat(several.notes()).isEqualTo(one.notes());
    }
  }

  private static ImageSource chunked(byte[] file) {
    Random random = new Random(7);
    InputStream stream =
        new ByteArrayInputStream(file) {
          @Override
          public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(9_000)));
          }
        };
    return new StreamSource(stream);
  }

  @ParameterizedTest
  @MethodSource("files")
  void decode_severalThreads_givesTheSameRows(byte[] file) throws IOException {
    for (double target : TARGETS) {
      Decoded one = Decoded.of(file, target);
      assertSame(file, target, one, 2);
      assertSame(file, target, one, 4);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void decode_cutOff_givesTheSameRowsAndNotes(byte[] file) throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 6; round++) {
      int length = file.length / 4 + random.nextInt(file.length * 3 / 4);
      assertSame(Arrays.copyOf(file, length), 2 + round % 3, TARGETS[round % 2]);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void decode_damaged_givesTheSameRowsAndNotes(byte[] file) throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < 12; round++) {
      byte[] damaged = file.clone();
      for (int i = 0; i < 1 + round % 5; i++) {
        int at = 1_000 + random.nextInt(file.length - 1_000);
        switch (round % 3) {
          case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> Arrays.fill(damaged, at, Math.min(file.length, at + 30), (byte) 0xff);
          default -> {
            damaged[at] = (byte) 0xff;
            damaged[Math.min(file.length - 1, at + 1)] = (byte) (0xd0 + random.nextInt(10));
          }
        }
      }
      assertSame(damaged, 2 + round % 3, TARGETS[round % 2]);
    }
  }

  @Test
  void decode_denseAndSmoothPartsInTurn_givesTheSameRows() throws IOException {
    BufferedImage picture = TestImages.solid(1000, 1200, 0x7f7f7f);
    for (int y = 0; y < picture.getHeight(); y += 300) {
      picture.getRaster().setRect(0, y, TestImages.noise(picture.getWidth(), 150, y).getRaster());
    }
    for (int quality : new int[] {50, 98}) {
      assertSame(JpegMaker.of(picture).sampling(1, 1).quality(quality).bytes(), 2, TARGETS);
    }
  }

  /** Where decoding starts in the middle of the data, it soon continues as if from the start. */
  @ParameterizedTest
  @MethodSource("synchronizing")
  void decode_fromTheMiddle_synchronizes(byte[] file) throws IOException {
    Limits limits = Limits.defaults();
    SegmentReader segments =
        SegmentReader.open(
            InputWindow.open(new BytesSource(file), limits, new Deadline(limits.time())), limits);
    List<ScanComponent<PlaneBand>> components = new ArrayList<>();
    for (ScanHeader.Selector selector : segments.scan().components()) {
      FrameComponent component = selector.component();
      components.add(
          new ScanComponent<>(
              new PlaneBand(
                  new ComponentPlan(component, 2, false, true),
                  segments.frame(),
                  component.paddedBlocksX(),
                  component.v()),
              segments.tables.dcTable(selector.dcTable()),
              segments.tables.acTable(selector.acTable()),
              segments.tables.quantization(component),
              component.h(),
              component.v()));
    }
    EntropyReader in = new EntropyReader(segments.in);
    DataAhead data = new DataAhead(in, false);
    McuRun before = new McuRun(segments.in.over(new byte[McuRun.MAX_BYTES]), components, 100_000);
    McuRun after = new McuRun(segments.in.over(new byte[McuRun.MAX_BYTES]), components, 100_000);
    int runs = 0;
    int fitting = 0;
    for (; data.reach(in.offset() + 20_000) == in.offset() + 20_000; runs++) {
      long middle = in.offset() + 8_000;
      before.loadFrom(in, middle, in.offset() + 20_000);
      before.decode();
      after.load(
          segments.in, middle - McuRun.SYNC_BYTES, middle, middle + 4_000, in.offset() + 20_000);
      after.decode();
      fitting += after.follows(before.endBit()) ? 1 : 0;
      assertThat(before.mcus()).isPositive();
      before.pass(in, new int[components.size()]);
    }
    assertThat(runs).isGreaterThan(5);
    assertThat(fitting).isGreaterThanOrEqualTo(runs * 9 / 10);
  }

  static Stream<byte[]> synchronizing() {
    return Stream.of(
        PLAIN,
        JpegMaker.of(PHOTO).color(JpegMaker.Color.GRAY).quality(97).bytes(),
        JpegMaker.of(LARGE).quality(95).bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void render_severalThreads_givesTheSameBytesAndLeavesNoThreadAtWork(
      int threads, @TempDir Path folder) throws IOException {
    Thumbnail alone = Thumbnailer.create().render(ImageSource.of(PLAIN), SPEC);
    Path path = Files.write(folder.resolve("a.jpg"), PLAIN);
    Thumbnailer several = Thumbnailer.create().withParallelism(threads);
    for (ImageSource source : List.of(ImageSource.of(PLAIN), ImageSource.of(path))) {
      assertThat(several.render(source, SPEC).bytes()).isEqualTo(alone.bytes());
      assertNoWorker();
    }
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("miniatura-worker"))
        .toList();
  }

  private static void assertNoWorker() {
    assertThat(workers().stream().flatMap(worker -> Stream.of(worker.getStackTrace())))
        .noneMatch(frame -> frame.getClassName().equals(McuRun.class.getName()));
  }

  @Test
  void decode_severalThreads_startsThem() throws Exception {
    for (Thread idle : workers()) {
      idle.join();
    }
    Limits limits = Limits.defaults();
    AtomicBoolean seen = new AtomicBoolean();
    try (InputWindow in =
        InputWindow.open(new BytesSource(PLAIN), limits, new Deadline(limits.time()))) {
      JpegDecoder.open(in, limits, new ApplicationData(), 2)
          .plan(100, 100)
          .decode(
              (plane, y, samples, offset) -> seen.compareAndSet(false, !workers().isEmpty()),
              new Notes());
    }
    assertThat(seen).isTrue();
    assertNoWorker();
  }

  @Test
  void plan_severalThreads_announcesTheirMemory() throws IOException {
    assertThat(peak(PLAIN, 2)).isGreaterThan(peak(PLAIN, 1) + (500 << 10));
    assertThat(peak(PLAIN, 3) - peak(PLAIN, 2)).isEqualTo(peak(PLAIN, 4) - peak(PLAIN, 3));
    assertThat(peak(PLAIN, 64)).isEqualTo(peak(PLAIN, 8));
    byte[] small = JpegMaker.of(TestImages.photo(400, 400)).bytes();
    assertThat(peak(small, 4)).isEqualTo(peak(small, 1));
  }

  private static long peak(byte[] file, int threads) throws IOException {
    Thumbnailer thumbnailer = Thumbnailer.create().withParallelism(threads);
    return thumbnailer.plan(ImageSource.of(file), List.of(SPEC)).peakBytes();
  }

  @Test
  void render_sourceFails_throwsItsError() {
    for (int at : new int[] {1_000, PLAIN.length / 2, PLAIN.length - 20_000}) {
      IOException error = new IOException("gone");
      for (int threads : new int[] {1, 3}) {
        Thumbnailer thumbnailer = Thumbnailer.create().withParallelism(threads);
        ImageSource source = new StreamSource(interrupting(at, () -> fail(error)));
        assertThat(catchThrowable(() -> thumbnailer.render(source, SPEC))).isSameAs(error);
        assertNoWorker();
      }
    }
  }

  /** What happens at a place of a stream. */
  private interface Event {
    void run() throws IOException;
  }

  private static void fail(IOException error) throws IOException {
    throw error;
  }

  private static InputStream interrupting(int at, Event event) {
    return new FilterInputStream(new ByteArrayInputStream(PLAIN)) {
      private int done;

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (done >= at) {
          event.run();
        }
        int read = super.read(target, offset, Math.min(length, 5_000));
        done += read;
        return read;
      }
    };
  }

  @Test
  void render_interrupted_isToldAndStaysInterrupted() {
    Thumbnailer several = Thumbnailer.create().withParallelism(2);
    for (int at : new int[] {0, PLAIN.length / 2}) {
      ImageSource source =
          new StreamSource(interrupting(at, () -> Thread.currentThread().interrupt()));
      assertThatThrownBy(() -> several.render(source, SPEC))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertNoWorker();
    }
  }

  @Test
  void render_tooSlow_exceedsTheLimit() {
    Limits limits = Limits.defaults().withTime(Duration.ofMillis(1));
    Thumbnailer several = Thumbnailer.create(limits).withParallelism(2);
    assertThatThrownBy(() -> several.render(ImageSource.of(PLAIN), ThumbnailSpec.fit(3000, 3000)))
        .isInstanceOf(LimitExceededException.class);
    assertNoWorker();
  }

  /** In memory, markers are not looked for in advance: runs may be decoded beyond the image. */
  @Test
  void decode_anotherImageAfterTheImage_givesTheSameRowsAndNotes() throws IOException {
    byte[] twice = Arrays.copyOf(PLAIN, 2 * PLAIN.length);
    System.arraycopy(PLAIN, 0, twice, PLAIN.length, PLAIN.length);
    assertSame(twice, 2, TARGETS);
    int middle = PLAIN.length / 2;
    for (int marker = 0xc0; marker < 0xff; marker += 3) {
      byte[] cut = twice.clone();
      cut[middle] = (byte) 0xff;
      cut[middle + 1] = (byte) marker;
      assertSame(cut, 2, TARGETS[marker % 2]);
    }
  }

  @Test
  void render_bytesAfterTheImage_areNotRead() throws IOException {
    byte[] followed = Arrays.copyOf(PLAIN, PLAIN.length + (1 << 20));
    Limits limits = Limits.defaults().withSourceBytes(PLAIN.length + (80 << 10));
    for (int threads : new int[] {1, 2}) {
      Thumbnailer thumbnailer = Thumbnailer.create(limits).withParallelism(threads);
      ImageSource source = new StreamSource(new ByteArrayInputStream(followed));
      assertThat(thumbnailer.render(source, SPEC).notes()).isEmpty();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "corpus", matches = ".+")
  void decode_corpus_givesTheSameRowsAndNotes() throws IOException {
    for (String folder : List.of("photos", "malformed/jpeg")) {
      try (Stream<Path> files = Files.list(Path.of(System.getProperty("corpus"), folder))) {
        for (Path file : (Iterable<Path>) files.sorted()::iterator) {
          byte[] bytes = Files.readAllBytes(file);
          for (double target : new double[] {100, 1000}) {
            assertThat(outcome(bytes, target, 2))
                .as(file.toString())
                .isEqualTo(outcome(bytes, target, 1));
          }
        }
      }
    }
  }

  private static String outcome(byte[] file, double target, int threads) {
    try {
      Decoded decoded = Decoded.of(new BytesSource(file), target, threads);
      return Arrays.deepHashCode(decoded.planes()) + " " + decoded.notes();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
