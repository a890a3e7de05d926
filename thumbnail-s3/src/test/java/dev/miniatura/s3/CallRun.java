package dev.miniatura.s3;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Counts the requests for an image. As a command, it prints a table for a JPEG that is fetched with
 * one request, and two thumbnails; run it with {@code scripts/s3-run CallRun}. The order of the
 * requests depends on the outcome of the previous image: there are lines for an image that follows
 * others of its kind, as most do, and for one that does not.
 */
final class CallRun {

  /** Formats are left to the source, as by default, or fixed. */
  static final List<String> SPECS =
      List.of(
          "small=fit:256x256;large=fit:1024x1024",
          "small=fit:256x256,format:jpeg;large=fit:1024x1024,format:jpeg");

  private static final String KEY = "2024/beach.jpg";

  /**
   * Numbers of requests.
   *
   * @param fresh to make the thumbnails of a new image
   * @param replaced to make them again for a new version
   * @param unchanged to find that all exist
   * @param told the same, for a caller that was told of the image by a listing or an event, as when
   *     thumbnails are made
   * @param removed to delete the thumbnails
   */
  record Result(long fresh, long replaced, long unchanged, long told, long removed) {}

  private CallRun() {}

  public static void main(String[] arguments) throws Exception {
    try (TestServer server = TestServer.s3proxy()) {
      System.out.printf(
          "%-62s %-7s %5s %8s %9s %6s %7s%n",
          "specs", "follows", "new", "replaced", "unchanged", "(told)", "removed");
      for (String specs : SPECS) {
        for (boolean same : List.of(true, false)) {
          Result result = measure(server, specs, same);
          System.out.printf(
              "%-62s %-7s %5d %8d %9d %6d %7d%n",
              specs,
              same ? "same" : "other",
              result.fresh(),
              result.replaced(),
              result.unchanged(),
              result.told(),
              result.removed());
        }
      }
    }
  }

  private static byte[] photo(int width) {
    return JpegMaker.of(TestImages.photo(width, width * 3 / 4)).bytes();
  }

  private static Entry put(ImageStore photos, String key, int width) throws Exception {
    photos.put(key, ImageSource.of(photo(width)), Attributes.none());
    return photos.stat(key).orElseThrow();
  }

  /**
   * Counts requests.
   *
   * @param same whether the previous image was of the same kind, with or without thumbnails
   */
  static Result measure(TestServer server, String specs, boolean same) throws Exception {
    String photos = server.newBucket();
    ImageStore direct = S3ImageStore.builder(server.client(), photos).build();
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), 0, 0);
        S3Client client = TestServer.clientBuilder(proxy.endpoint()).build()) {
      ThumbnailPipeline pipeline =
          ThumbnailPipeline.builder(
                  S3ImageStore.builder(client, photos).build(),
                  S3ImageStore.builder(client, server.newBucket()).build())
              .specs(ThumbnailSpec.parseAll(specs))
              .build();
      Entry old = put(direct, KEY, 320);
      processOther(direct, pipeline, !same);
      long fresh = calls(proxy, Outcome.Written.class, () -> pipeline.process(old));
      Entry now = put(direct, KEY, 280);
      processOther(direct, pipeline, same);
      long replaced = calls(proxy, Outcome.Written.class, () -> pipeline.process(now));
      processOther(direct, pipeline, same);
      long unchanged = calls(proxy, Outcome.Unchanged.class, () -> pipeline.process(KEY));
      processOther(direct, pipeline, same);
      long told = calls(proxy, Outcome.Unchanged.class, () -> pipeline.process(now));
      direct.delete(KEY);
      long removed = calls(proxy, Outcome.Removed.class, () -> pipeline.remove(KEY));
      return new Result(fresh, replaced, unchanged, told, removed);
    }
  }

  /** Processes another image, of which the pipeline remembers whether it had thumbnails. */
  private static void processOther(ImageStore photos, ThumbnailPipeline pipeline, boolean again)
      throws Exception {
    String key = UUID.randomUUID() + ".jpg";
    photos.put(key, ImageSource.of(photo(60)), Attributes.none());
    pipeline.process(key);
    if (again) {
      pipeline.process(key);
    }
  }

  private static long calls(
      FaultProxy proxy, Class<? extends Outcome> expected, Callable<Outcome> call)
      throws Exception {
    long before = proxy.calls();
    Outcome outcome = call.call();
    if (!expected.isInstance(outcome)) {
      throw new IllegalStateException(outcome.toString());
    }
    return proxy.calls() - before;
  }
}
