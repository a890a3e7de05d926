package dev.miniatura.s3;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Measures how many bytes of a photo are sent, and with how many requests, until its thumbnail is
 * made. As a command, it prints a table for a photo of 12 megapixels, sent over the loopback
 * interface; the last line of each is a single request for everything, aborted as soon as the
 * decoder has enough. Run it with {@code scripts/s3-run RangeRun}.
 */
final class RangeRun {

  /**
   * The cost of a thumbnail.
   *
   * @param requests requests for the object or parts of it
   * @param bytes bytes sent
   * @param size size of the object
   */
  record Result(long requests, long bytes, long size) {}

  private RangeRun() {}

  public static void main(String[] arguments) throws Exception {
    BufferedImage photo = TestImages.photo(4000, 3000);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("progressive", JpegMaker.of(photo).quality(92).progressive().bytes());
    files.put("baseline", JpegMaker.of(photo).quality(92).bytes());
    try (TestServer server = TestServer.s3proxy()) {
      System.out.println("file         spec           first range  requests       sent   of");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        for (String spec : new String[] {"fit:128x128", "fit:512x512"}) {
          int whole = file.getValue().length - 1;
          for (int first : new int[] {64 << 10, 256 << 10, 1 << 20, whole}) {
            Result result = measure(server, file.getValue(), first, ThumbnailSpec.parse(spec));
            System.out.printf(
                "%-12s %-14s %11d %9d %10d %4.0f %%%n",
                file.getKey(),
                spec,
                first,
                result.requests(),
                result.bytes(),
                100.0 * result.bytes() / result.size());
          }
        }
      }
    }
  }

  /** Makes a thumbnail of an object and returns its cost. */
  static Result measure(TestServer server, byte[] file, int firstRange, ThumbnailSpec spec)
      throws IOException {
    String bucket = server.newBucket();
    S3ImageStore.builder(server.client(), bucket)
        .build()
        .put("photo.jpg", ImageSource.of(file), Attributes.none());
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), 0, 0);
        S3Client client = TestServer.clientBuilder(proxy.endpoint()).build()) {
      ImageStore store = S3ImageStore.builder(client, bucket).firstRange(firstRange).build();
      Thumbnailer.create().render(store.open("photo.jpg"), spec);
      return new Result(proxy.gets(), proxy.bytesSent(), file.length);
    }
  }
}
