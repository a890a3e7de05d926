package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TiffMaker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** The memory shared by images in a bucket, and the bytes read of a file that is not an image. */
@Timeout(120)
class BudgetTest {

  private static final int IMAGES = 6;
  private static final ThumbnailSpec SMALL = ThumbnailSpec.fit(64, 64);
  private static final byte[] FILE = TiffMaker.of(TestImages.photo(600, 400)).bytes();
  private static final byte[] LARGE = TiffMaker.of(TestImages.photo(1800, 1200)).bytes();

  private static TestServer server;

  private ImageStore photos;
  private ImageStore thumbs;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.s3proxy();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void putPhotos() throws IOException {
    photos = S3ImageStore.builder(server.client(), server.newBucket()).build();
    thumbs = S3ImageStore.builder(server.client(), server.newBucket()).build();
    for (int i = 0; i < IMAGES; i++) {
      photos.put(i + ".tif", ImageSource.of(FILE), Attributes.none());
    }
  }

  /**
   * Returns the memory of an image in the bucket: more than for a file, since bytes are buffered as
   * they arrive.
   */
  private long peak(String key) throws IOException {
    return Thumbnailer.create().plan(photos.open(key), List.of(SMALL)).peakBytes();
  }

  private ThumbnailPipeline pipeline(Thumbnailer thumbnailer, ThumbnailSpec spec) {
    return ThumbnailPipeline.builder(photos, thumbs)
        .spec("small", spec)
        .thumbnailer(thumbnailer)
        .parallelism(IMAGES)
        .build();
  }

  private List<Outcome> process(ThumbnailPipeline pipeline) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    try (Stream<Entry> listing = photos.list("")) {
      pipeline.processListed(listing, outcomes::add);
    }
    return outcomes;
  }

  /** Two of three concurrent images used to be refused permanently, although each passes alone. */
  @Test
  void pipeline_imagesThatDoNotFitTogether_waitAndAreAllMade() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ThumbnailSpec counting =
        SMALL.filter(
            "count",
            image -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              return image;
            });
    Thumbnailer thumbnailer =
        Thumbnailer.create()
            .withMemoryBudget(peak("0.tif") * 3 / 2)
            .withMaxWait(Duration.ofMinutes(1));
    assertThat(process(pipeline(thumbnailer, counting)))
        .hasSize(IMAGES)
        .allMatch(outcome -> outcome instanceof Outcome.Written);
    assertThat(most).hasValue(1);
  }

  @Test
  void pipeline_memoryIsTaken_isBusyAndLaterMade() throws Exception {
    Thumbnailer thumbnailer =
        Thumbnailer.create()
            .withMemoryBudget(peak("0.tif") * 3 / 2)
            .withMaxWait(Duration.ofMillis(10));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    ThumbnailSpec held =
        SMALL.filter(
            "hold",
            image -> {
              entered.countDown();
              try {
                leave.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return image;
            });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<?> other = pool.submit(() -> thumbnailer.render(photos.open("0.tif"), held));
      entered.await();
      ThumbnailPipeline pipeline = pipeline(thumbnailer, SMALL);
      assertThat(process(pipeline))
          .hasSize(IMAGES)
          .allMatch(
              outcome ->
                  outcome instanceof Outcome.Failed failed
                      && failed.failure() == Outcome.Failure.BUSY
                      && failed.retryable());
      try (Stream<Entry> none = thumbs.list("")) {
        assertThat(none).isEmpty();
      }
      leave.countDown();
      other.get();
      assertThat(pipeline.process("0.tif")).isInstanceOf(Outcome.Written.class);
    } finally {
      leave.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void pipeline_imageAboveTheWholeBudget_isRefusedAloneAndForGood() throws Exception {
    photos.put("large.tif", ImageSource.of(LARGE), Attributes.none());
    long needed = peak("large.tif");
    assertThat(needed).isGreaterThan(peak("0.tif"));
    Thumbnailer thumbnailer =
        Thumbnailer.create().withMemoryBudget(needed - 1).withMaxWait(Duration.ofMinutes(1));
    List<Outcome> outcomes = process(pipeline(thumbnailer, SMALL));
    assertThat(outcomes).hasSize(IMAGES + 1);
    assertThat(outcomes.stream().filter(outcome -> !(outcome instanceof Outcome.Written)))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.source()).isEqualTo("large.tif");
              assertThat(refused.cause())
                  .hasMessage(
                      "working memory in bytes: %d exceeds the limit of %d", needed, needed - 1);
            });
  }

  /** A video of 314 MB used to be read completely just to be refused. */
  @Test
  void pipeline_whatIsNoImage_isSentNoMoreThanTheFirstRange() throws Exception {
    byte[] video = new byte[8 << 20];
    new Random(1).nextBytes(video);
    String bucket = server.newBucket();
    ImageStore direct = S3ImageStore.builder(server.client(), bucket).build();
    direct.put("video.mp4", ImageSource.of(video), Attributes.none());
    Entry entry = direct.stat("video.mp4").orElseThrow();
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), 0, 0);
        S3Client client = TestServer.clientBuilder(proxy.endpoint()).build()) {
      photos = S3ImageStore.builder(client, bucket).build();
      assertThat(pipeline(Thumbnailer.create(), SMALL).process(entry))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.failure()).isEqualTo(Outcome.Failure.UNSUPPORTED));
      assertThat(proxy.gets()).isEqualTo(1);
      assertThat(proxy.bytesSent()).isLessThanOrEqualTo(1 << 20);
    }
  }
}
