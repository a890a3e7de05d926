package dev.miniatura.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.ThumbnailCatalog;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.MemoryImageStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A handler over two stores in memory, and its log. */
final class HandlerFixture {

  static final Map<String, ThumbnailSpec> SPECS =
      ThumbnailSpec.parseAll("small=fit:32x32;tiny=cover:8x8,format:png");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MINIATURA_SOURCE", "s3://photos",
          "MINIATURA_DESTINATION", "s3://thumbs",
          "MINIATURA_SPECS", "small=fit:32x32;tiny=cover:8x8,format:png");

  final ImageStore source;
  final ImageStore destination;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ThumbnailHandler handler;
  int remainingMillis = 60_000;

  HandlerFixture() {
    this(MemoryImageStore.create());
  }

  HandlerFixture(ImageStore source) {
    this(source, Map.of());
  }

  HandlerFixture(ImageStore source, ImageStore destination, Optional<ThumbnailCatalog> catalog) {
    this(source, destination, catalog, Map.of());
  }

  /**
   * Creates a handler.
   *
   * @param settings environment variables in addition to the required ones
   */
  HandlerFixture(ImageStore source, Map<String, String> settings) {
    this(source, MemoryImageStore.create(), Optional.empty(), settings);
  }

  private HandlerFixture(
      ImageStore source,
      ImageStore destination,
      Optional<ThumbnailCatalog> catalog,
      Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.putAll(settings);
    this.source = source;
    this.destination = destination;
    handler =
        new ThumbnailHandler(
            Map.of(),
            new PrintStream(log, true, StandardCharsets.UTF_8),
            Configuration.of(environment),
            new Stores(source, destination, catalog));
  }

  static void build(Configuration configuration) {
    new Processor(
        configuration,
        new Stores(MemoryImageStore.create(), MemoryImageStore.create(), Optional.empty()));
  }

  static void buildWithS3(Configuration configuration) {
    ImageStore source = new NamedStore("s3://" + configuration.source().bucket() + "/");
    ImageStore destination = new NamedStore("s3://" + configuration.destination().bucket() + "/");
    new Processor(configuration, new Stores(source, destination, Optional.empty()));
  }

  String invoke(String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, new Call());
    return answer.toString(StandardCharsets.UTF_8);
  }

  Context context() {
    return new Call();
  }

  List<String> logLines() {
    return log.toString(StandardCharsets.UTF_8).lines().toList();
  }

  List<String> thumbnails() throws IOException {
    try (var entries = destination.list("")) {
      return entries.map(ImageStore.Entry::key).toList();
    }
  }

  private final class Call implements Context {
    @Override
    public String getAwsRequestId() {
      return "request";
    }

    @Override
    public int getRemainingTimeInMillis() {
      return remainingMillis;
    }

    @Override
    public String getLogGroupName() {
      return "";
    }

    @Override
    public String getLogStreamName() {
      return "";
    }

    @Override
    public String getFunctionName() {
      return "";
    }

    @Override
    public String getFunctionVersion() {
      return "";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "";
    }

    @Override
    public CognitoIdentity getIdentity() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClientContext getClientContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getMemoryLimitInMB() {
      return 1024;
    }

    @Override
    public LambdaLogger getLogger() {
      throw new UnsupportedOperationException();
    }
  }
}
