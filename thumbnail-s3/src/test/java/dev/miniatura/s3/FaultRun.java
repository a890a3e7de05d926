package dev.miniatura.s3;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes the thumbnails of many objects over a network that breaks calls, and compares them with
 * those of a run without faults. Retryable failures are retried until none is left. The client's
 * own retries are off, so that every fault reaches the store.
 *
 * <p>As a command it prints figures, by default of 2,000 objects and 30 % of the calls broken:
 * {@code scripts/s3-run FaultRun 2000 0.3}.
 */
final class FaultRun {

  private static final Map<String, ThumbnailSpec> SPECS =
      ThumbnailSpec.parseAll("small=fit:48x48,format:png;medium=cover:120x90,format:jpeg");

  /** The larger ones of the pictures are read in several ranges. */
  private static final int FIRST_RANGE = 16 << 10;

  private static final int THREADS = 4;
  private static final int MAX_ROUNDS = 200;
  private static final List<String> NAMES =
      List.of("plain", "with space", "a+b", "100%", "日本 é", "q?a&b=c");

  private final TestServer server;
  private final String photos;
  private final List<String> keys = new ArrayList<>();

  /**
   * The result of a run over a broken network.
   *
   * @param objects number of sources
   * @param thumbnails thumbnails of the run without faults
   * @param identical how many of them the run with faults made byte for byte, attributes included
   * @param unexpected objects at the destination that should not be there
   * @param wrongMeanwhile objects seen at the destination after some round that differed from the
   *     run without faults
   * @param permanent outcomes that are not retryable
   * @param rounds the maximum number of retries of a source
   * @param retries retryable outcomes
   * @param calls calls of the client
   * @param faults how many of them were broken, and how
   * @param clean how long the run without faults took
   * @param faulty how long the run with faults took
   */
  record Result(
      int objects,
      int thumbnails,
      int identical,
      Set<String> unexpected,
      Set<String> wrongMeanwhile,
      List<Outcome> permanent,
      int rounds,
      long retries,
      long calls,
      Map<FaultProxy.Fault, Long> faults,
      Duration clean,
      Duration faulty) {}

  private FaultRun(TestServer server) {
    this.server = server;
    photos = server.newBucket();
  }

  public static void main(String[] arguments) throws Exception {
    int objects = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    double rate = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 0.3;
    try (TestServer server = TestServer.s3proxy()) {
      print(run(server, objects, rate, 1));
    }
  }

  private static void print(Result result) {
    long broken = result.faults().values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        "%d objects, %d calls, %d of them broken (%.1f %%), %d outcomes retried in %d rounds%n",
        result.objects(),
        result.calls(),
        broken,
        100.0 * broken / result.calls(),
        result.retries(),
        result.rounds());
    result.faults().forEach((fault, count) -> System.out.printf("  %-22s %6d%n", fault, count));
    System.out.printf(
        "%d of %d thumbnails identical, %d unexpected, %d wrong meanwhile, %d given up%n",
        result.identical(),
        result.thumbnails(),
        result.unexpected().size(),
        result.wrongMeanwhile().size(),
        result.permanent().size());
    result.permanent().forEach(outcome -> System.out.println("  given up: " + outcome));
    System.out.printf(
        "%.1f s without faults, %.1f s with them%n",
        result.clean().toMillis() / 1e3, result.faulty().toMillis() / 1e3);
  }

  /** Makes photos and runs over them with and without faults. */
  static Result run(TestServer server, int objects, double rate, long seed) throws Exception {
    FaultRun run = new FaultRun(server);
    run.putPhotos(objects);
    return run.compare(rate, seed);
  }

  private ImageStore store(S3Client client, String bucket) {
    return S3ImageStore.builder(client, bucket).firstRange(FIRST_RANGE).build();
  }

  private void putPhotos(int objects) throws IOException {
    List<byte[]> pictures =
        List.of(
            JpegMaker.of(TestImages.photo(160, 120)).bytes(),
            JpegMaker.of(TestImages.photo(480, 360)).progressive().bytes(),
            PngMaker.of(TestImages.photo(90, 60)).bytes(),
            JpegMaker.of(TestImages.photo(400, 300)).bytes());
    ImageStore store = store(server.client(), photos);
    for (int i = 0; i < objects; i++) {
      String key = "%s/%04d.jpg".formatted(NAMES.get(i % NAMES.size()), i);
      store.put(key, ImageSource.of(pictures.get(i % pictures.size())), Attributes.none());
      keys.add(key);
    }
  }

  private Result compare(double rate, long seed) throws Exception {
    ImageStore expected = store(server.client(), server.newBucket());
    long start = System.nanoTime();
    List<Outcome> failed =
        process(pipeline(store(server.client(), photos), expected), keys).stream()
            .filter(outcome -> !(outcome instanceof Outcome.Written))
            .toList();
    if (!failed.isEmpty()) {
      throw new IllegalStateException("without faults: " + failed);
    }
    Duration clean = Duration.ofNanos(System.nanoTime() - start);
    Map<String, String> versions = versions(expected);

    String bucket = server.newBucket();
    ImageStore actual = store(server.client(), bucket);
    Set<String> wrongMeanwhile = new TreeSet<>();
    List<Outcome> permanent = new ArrayList<>();
    long retries = 0;
    int rounds = 0;
    start = System.nanoTime();
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), rate, seed);
        S3Client client =
            TestServer.clientBuilder(proxy.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build()) {
      ThumbnailPipeline pipeline = pipeline(store(client, photos), store(client, bucket));
      List<String> left = keys;
      while (!left.isEmpty() && rounds < MAX_ROUNDS) {
        List<Outcome> outcomes = process(pipeline, left);
        permanent.addAll(outcomes.stream().filter(FaultRun::isPermanent).toList());
        left = outcomes.stream().filter(FaultRun::isRetryable).map(Outcome::source).toList();
        retries += left.size();
        rounds++;
        versions(actual)
            .forEach(
                (key, version) -> {
                  if (!version.equals(versions.get(key))) {
                    wrongMeanwhile.add(key);
                  }
                });
      }
      Duration faulty = Duration.ofNanos(System.nanoTime() - start);
      Set<String> unexpected = new TreeSet<>(versions(actual).keySet());
      unexpected.removeAll(versions.keySet());
      return new Result(
          keys.size(),
          versions.size(),
          identical(expected, actual, versions.keySet()),
          unexpected,
          wrongMeanwhile,
          permanent,
          rounds,
          retries,
          proxy.calls(),
          proxy.faults(),
          clean,
          faulty);
    }
  }

  private static ThumbnailPipeline pipeline(ImageStore source, ImageStore destination) {
    return ThumbnailPipeline.builder(source, destination).specs(SPECS).parallelism(THREADS).build();
  }

  private static List<Outcome> process(ThumbnailPipeline pipeline, List<String> keys)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    pipeline.processAll(keys.stream(), outcomes::add);
    return outcomes;
  }

  private static boolean isRetryable(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed && failed.retryable();
  }

  private static boolean isPermanent(Outcome outcome) {
    return !(outcome instanceof Outcome.Written)
        && !(outcome instanceof Outcome.Unchanged)
        && !isRetryable(outcome);
  }

  private static Map<String, String> versions(ImageStore store) throws IOException {
    try (Stream<Entry> entries = store.list("")) {
      return entries.collect(
          Collectors.toMap(Entry::key, Entry::version, (a, b) -> a, TreeMap::new));
    }
  }

  private static int identical(ImageStore expected, ImageStore actual, Set<String> keys)
      throws IOException {
    int count = 0;
    for (String key : keys) {
      if (actual.stat(key).isPresent()
          && actual.stat(key).get().attributes().equals(attributes(expected, key))
          && Arrays.equals(bytes(actual, key), bytes(expected, key))) {
        count++;
      }
    }
    return count;
  }

  private static Attributes attributes(ImageStore store, String key) throws IOException {
    return store.stat(key).orElseThrow().attributes();
  }

  private static byte[] bytes(ImageStore store, String key) throws IOException {
    try (InputStream stream = store.open(key).open()) {
      return stream.readAllBytes();
    }
  }
}
