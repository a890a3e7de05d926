package dev.miniatura.s3;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.testing.TestImages;
import java.util.List;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Counts the requests that an image takes. As a command it prints a table for a JPEG that is
 * fetched by one request, and two thumbnails; run it with {@code scripts/s3-run CallRun}.
 */
final class CallRun {

  /** Formats are left to the source, as by default, or fixed. */
  static final List<String> SPECS =
      List.of(
          "small=fit:256x256;large=fit:1024x1024",
          "small=fit:256x256,format:jpeg;large=fit:1024x1024,format:jpeg");

  private static final String KEY = "2024/beach.jpg";

  /**
   * How many requests.
   *
   * @param fresh to make the thumbnails of a new image
   * @param replaced to make them anew for a new version
   * @param unchanged to find that all is made
   * @param told the same, for a caller who was told of the image by a listing or an event, as those
   *     are who make the thumbnails
   * @param removed to delete the thumbnails
   */
  record Result(long fresh, long replaced, long unchanged, long told, long removed) {}

  private CallRun() {}

  public static void main(String[] arguments) throws Exception {
    try (TestServer server = TestServer.s3proxy()) {
      System.out.printf(
          "%-62s %5s %8s %9s %6s %7s%n",
          "specs", "new", "replaced", "unchanged", "(told)", "removed");
      for (String specs : SPECS) {
        Result result = measure(server, specs);
        System.out.printf(
            "%-62s %5d %8d %9d %6d %7d%n",
            specs,
            result.fresh(),
            result.replaced(),
            result.unchanged(),
            result.told(),
            result.removed());
      }
    }
  }

  private static byte[] photo(int width) throws Exception {
    return Thumbnailer.create()
        .render(
            ImageSource.of(TestImages.photo(1600, 1200)),
            ThumbnailSpec.fit(width, width).format(OutputFormat.JPEG))
        .bytes();
  }

  private static Entry put(ImageStore photos, int width) throws Exception {
    photos.put(KEY, ImageSource.of(photo(width)), Attributes.none());
    return photos.stat(KEY).orElseThrow();
  }

  static Result measure(TestServer server, String specs) throws Exception {
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
      Entry old = put(direct, 1600);
      long fresh = calls(proxy, Outcome.Written.class, () -> pipeline.process(old));
      Entry now = put(direct, 1400);
      long replaced = calls(proxy, Outcome.Written.class, () -> pipeline.process(now));
      long unchanged = calls(proxy, Outcome.Unchanged.class, () -> pipeline.process(KEY));
      long told = calls(proxy, Outcome.Unchanged.class, () -> pipeline.process(now));
      direct.delete(KEY);
      long removed = calls(proxy, Outcome.Removed.class, () -> pipeline.remove(KEY));
      return new Result(fresh, replaced, unchanged, told, removed);
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
