package dev.miniatura.demo;

import dev.miniatura.s3.S3Clients;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;

/**
 * Shows the Lambda function at work: an in-memory S3 server with two buckets, uploads to one of
 * them, the notifications that S3 sends for them, and the results of the function.
 */
final class Demo {

  private static final String PHOTOS = "photos";
  private static final String THUMBS = "thumbs";
  private static final String SPECS = "card=cover:320x200;small=fit:128x128";
  private static final String ACCESS_KEY = "demo";
  private static final String CREATED = "ObjectCreated:Put";
  private static final String REMOVED = "ObjectRemoved:Delete";

  private final Table table;
  private final Map<String, Integer> outcomes = new LinkedHashMap<>();

  private Demo(PrintStream out) {
    table = new Table(out);
  }

  /**
   * Runs the demonstration: {@code SAMPLES [--out DIR]}.
   *
   * @throws Exception if the server does not start or a file cannot be written
   */
  public static void main(String[] arguments) throws Exception {
    boolean valid =
        arguments.length == 1 || (arguments.length == 3 && arguments[1].equals("--out"));
    if (!valid) {
      System.err.println("usage: miniatura demo [--out DIR]");
      System.exit(2);
    }
    System.setProperty("java.awt.headless", "true");
    Path folder = Path.of(arguments.length == 3 ? arguments[2] : "target/demo");
    run(Path.of(arguments[0]), folder, new PrintStream(System.out, true, StandardCharsets.UTF_8));
    System.exit(0); // the server's threads would otherwise keep running for a while
  }

  /**
   * Runs the demonstration.
   *
   * @param samples the folder of sample images
   * @param folder where thumbnails and the function's log are saved
   */
  static void run(Path samples, Path folder, PrintStream out) throws Exception {
    System.setProperty("aws.accessKeyId", ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", ACCESS_KEY);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, ACCESS_KEY)
            .build();
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
    Files.createDirectories(folder);
    try (S3Client client = S3Clients.builder(endpoint).build();
        PrintStream log =
            new PrintStream(folder.resolve("function.log").toFile(), StandardCharsets.UTF_8)) {
      out.println("An S3 server in memory at " + endpoint + ", a bucket of photos, one of thumbs.");
      out.println("The function makes " + SPECS);
      Function function =
          new Function(
              PHOTOS,
              Map.of(
                  "MINIATURA_SOURCE",
                  "s3://" + PHOTOS,
                  "MINIATURA_DESTINATION",
                  "s3://" + THUMBS,
                  "MINIATURA_SPECS",
                  SPECS,
                  "MINIATURA_ENDPOINT",
                  endpoint.toString()),
              log);
      new Demo(out).show(client, function, Uploads.from(samples), folder, out);
    } finally {
      server.stop();
    }
  }

  private void show(
      S3Client client, Function function, Map<String, byte[]> uploads, Path folder, PrintStream out)
      throws IOException {
    client.createBucket(request -> request.bucket(PHOTOS));
    client.createBucket(request -> request.bucket(THUMBS));
    for (Map.Entry<String, byte[]> upload : uploads.entrySet()) {
      client.putObject(
          request -> request.bucket(PHOTOS).key(upload.getKey()),
          RequestBody.fromBytes(upload.getValue()));
    }
    table.title("Every upload, and the function's result");
    for (String key : uploads.keySet()) {
      JsonNode result = function.call(CREATED, key);
      outcomes.merge(result.path("outcome").asString(), 1, Integer::sum);
      table.row(key, result);
    }
    int saved = save(client, folder);

    table.title("Duplicate and late events, and deletions");
    String photo = Uploads.PHOTO;
    table.row("an upload's event once more", function.call(CREATED, photo));
    table.row("a late delete event; the photo is there", function.call(REMOVED, photo));
    client.deleteObject(request -> request.bucket(PHOTOS).key(photo));
    table.row("the photo is deleted, with its thumbnails", function.call(REMOVED, photo));
    table.row("the same delete event once more", function.call(REMOVED, photo));

    out.println();
    String counts =
        String.join(
            ", ",
            outcomes.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList());
    out.println(uploads.size() + " uploads: " + counts + "; the last three are bad on purpose");
    out.println(saved + " thumbnails and function.log are in " + folder);
  }

  private static int save(S3Client client, Path folder) throws IOException {
    int count = 0;
    for (S3Object object :
        client.listObjectsV2Paginator(request -> request.bucket(THUMBS)).contents()) {
      Path file = folder.resolve(object.key());
      Files.createDirectories(file.getParent());
      Files.write(
          file,
          client
              .getObjectAsBytes(request -> request.bucket(THUMBS).key(object.key()))
              .asByteArrayUnsafe());
      count++;
    }
    return count;
  }
}
