package dev.miniatura.cli;

import dev.miniatura.ImageSource;
import dev.miniatura.s3.S3ImageStore;
import dev.miniatura.s3.TestServer;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command in this process, and two buckets of an in-memory server. */
final class BucketFixture implements AutoCloseable {

  static final Map<String, String> CREDENTIALS =
      Map.of("aws.accessKeyId", TestServer.ACCESS_KEY, "aws.secretAccessKey", TestServer.SECRET);

  final TestServer server;
  final String photos;
  final String thumbs;
  StringWriter out = new StringWriter();
  StringWriter err = new StringWriter();
  private Consumer<String> watcher = line -> {};

  BucketFixture(TestServer server) {
    this.server = server;
    photos = server.newBucket();
    thumbs = server.newBucket();
    CREDENTIALS.forEach(System::setProperty);
  }

  /** Runs the command; {@code {photos}} and {@code {thumbs}} stand for the buckets. */
  int run(String... arguments) {
    return runWith(server.endpoint().toString(), arguments);
  }

  /**
   * Runs something, and passes on the number of thumbnails after each line of output that reports
   * written ones.
   */
  int runWhile(IntConsumer written, Runnable runnable) {
    AtomicInteger count = new AtomicInteger();
    watcher =
        line -> {
          if (line.startsWith("written  ")) {
            written.accept(count.incrementAndGet());
          }
        };
    runnable.run();
    watcher = line -> {};
    return count.get();
  }

  int runWith(String endpoint, String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    List<String> all = new ArrayList<>();
    for (String argument : arguments) {
      all.add(argument.replace("{photos}", photos).replace("{thumbs}", thumbs));
    }
    all.add("--endpoint");
    all.add(endpoint);
    CommandLine command = Miniatura.commandLine();
    Consumer<String> watching = watcher;
    command.setOut(
        new PrintWriter(out, true) {
          @Override
          public void println(Object line) {
            super.println(line);
            watching.accept(line.toString());
          }
        });
    command.setErr(new PrintWriter(err, true));
    return command.execute(all.toArray(new String[0]));
  }

  ImageStore store(String bucket) {
    return S3ImageStore.builder(server.client(), bucket).build();
  }

  void put(String key, byte[] bytes) throws IOException {
    store(photos).put(key, ImageSource.of(bytes), Attributes.none());
  }

  List<String> keys(String bucket) throws IOException {
    try (Stream<Entry> entries = store(bucket).list("")) {
      return entries.map(Entry::key).toList();
    }
  }

  /** Returns the version of every object. */
  Map<String, String> versions(String bucket) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    try (Stream<Entry> entries = store(bucket).list("")) {
      entries.forEach(entry -> versions.put(entry.key(), entry.version()));
    }
    return versions;
  }

  byte[] read(String bucket, String key) throws IOException {
    try (InputStream stream = store(bucket).open(key).open()) {
      return stream.readAllBytes();
    }
  }

  @Override
  public void close() {
    CREDENTIALS.keySet().forEach(System::clearProperty);
  }
}
