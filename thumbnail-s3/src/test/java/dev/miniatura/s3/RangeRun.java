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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Measures how many bytes of a photo are sent, and with how many requests, until its thumbnail is
 * made. As a command, it prints a table for a photo of 12 megapixels, sent over the loopback
 * interface; the last line of each is a single request for everything, aborted as soon as the
 * decoder has enough. For given files, it prints what information, a thumbnail, and crops of the
 * first and the last eighth of the picture take. Run it with {@code scripts/s3-run RangeRun}.
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

  /** What is done with an image. */
  private interface Use {
    void of(ImageSource source) throws IOException;
  }

  private RangeRun() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      measureFiles(arguments);
      return;
    }
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

  private static void measureFiles(String[] files) throws Exception {
    try (TestServer server = TestServer.s3proxy()) {
      System.out.println("| file | bytes | first range | use | requests | sent |");
      System.out.println("|---|--:|--:|---|--:|--:|");
      for (String file : files) {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        for (int first : new int[] {64 << 10, 1 << 20}) {
          Map<String, Result> results = new LinkedHashMap<>();
          results.put("information", probe(server, bytes, first));
          for (String spec :
              new String[] {
                "fit:256x256", "cover:256x32,gravity:north", "cover:256x32,gravity:south"
              }) {
            results.put(spec, measure(server, bytes, first, ThumbnailSpec.parse(spec)));
          }
          results.forEach(
              (use, result) ->
                  System.out.printf(
                      "| %s | %d | %d | %s | %d | %d |%n",
                      Path.of(file).getFileName(),
                      bytes.length,
                      first,
                      use,
                      result.requests(),
                      result.bytes()));
        }
      }
    }
  }

  /** Makes a thumbnail of an object and returns its cost. */
  static Result measure(TestServer server, byte[] file, int firstRange, ThumbnailSpec spec)
      throws IOException {
    return measure(server, file, firstRange, source -> Thumbnailer.create().render(source, spec));
  }

  /** Reads the information of an object and returns its cost. */
  static Result probe(TestServer server, byte[] file, int firstRange) throws IOException {
    return measure(server, file, firstRange, source -> Thumbnailer.create().probe(source));
  }

  private static Result measure(TestServer server, byte[] file, int firstRange, Use use)
      throws IOException {
    String bucket = server.newBucket();
    S3ImageStore.builder(server.client(), bucket)
        .build()
        .put("photo.jpg", ImageSource.of(file), Attributes.none());
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), 0, 0);
        S3Client client = TestServer.clientBuilder(proxy.endpoint()).build()) {
      ImageStore store = S3ImageStore.builder(client, bucket).firstRange(firstRange).build();
      use.of(store.open("photo.jpg"));
      return new Result(proxy.gets(), proxy.bytesSent(), file.length);
    }
  }
}
