package dev.miniatura.cli;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.http.SigningKey;
import dev.miniatura.http.ThumbnailService;
import dev.miniatura.storage.FileImageStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves thumbnails over HTTP. */
@Command(
    name = "serve",
    description = {
      "Serves thumbnails over HTTP, rendered on request:",
      "/t/NAME/KEY and, with signing keys, /s/SIGNATURE/SPEC/KEY for any spec."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  private static final String KEYS_VARIABLE = "MINIATURA_KEYS";

  /** Time for a request to arrive, and for an answer to be made and read. */
  private static final Duration REQUEST_TIME = Duration.ofSeconds(15);

  private static final Duration RESPONSE_TIME = Duration.ofMinutes(2);

  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "PHOTOS", description = "A folder, or s3://bucket/folder.")
  private String photos = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Where thumbnails are stored: a folder, or s3://bucket/folder.",
        "A temporary folder by default."
      })
  private @Nullable String out;

  @Option(
      names = "--spec",
      paramLabel = "NAME=SPEC",
      defaultValue =
          "small=fit:160x160,format:auto;medium=fit:480x480,format:auto;large=fit:1600x1600,format:auto",
      description = {
        "The specs to serve, such as small=fit:256x256; repeat --spec or separate them with",
        "semicolons. format:auto is the best format the browser accepts. Default: ${DEFAULT-VALUE}."
      })
  private List<String> specs = List.of();

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host = "";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Default: ${DEFAULT-VALUE}; 0 for any free port.")
  private int port;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = {
        "Keys to sign URLs with, one id:secret per line. Without this option they are taken from",
        "the variable " + KEYS_VARIABLE + ", separated by commas."
      })
  private @Nullable Path keys;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Requests rendered at a time; one per processor by default.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "64",
      description = "Requests that may wait; further ones get 503. Default: ${DEFAULT-VALUE}.")
  private int queue;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description = "Memory for rendering; three quarters of the heap by default.")
  private int memory;

  @Option(
      names = "--max-age",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = "How long caches may keep a thumbnail. Default: ${DEFAULT-VALUE}.")
  private int maxAge;

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      description = "Allow scripts of this origin, or of any with *, to read the pictures.")
  private @Nullable String cors;

  @Option(
      names = "--placeholder",
      paramLabel = "FILE",
      description = "A picture to send with errors, scaled to 256 pixels.")
  private @Nullable Path placeholder;

  @Option(
      names = "--page",
      negatable = true,
      description = "Show a page of all photos at /. Default: only if nobody else can see it.")
  private @Nullable Boolean page;

  @Option(names = "--no-log", description = "Do not log requests.")
  private boolean noLog;

  @Mixin private LimitOptions limits;

  @Mixin private BucketOptions bucketOptions;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls
  ServeCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter err = command.commandLine().getErr();
    Optional<Path> temporary =
        out == null ? Optional.of(Files.createTempDirectory("miniatura-")) : Optional.empty();
    try (ThumbnailServer server = server(temporary)) {
      URI where = server.start();
      err.println("serving " + photos + " at " + where);
      err.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException e) {
      return 0; // the process was told to stop
    } finally {
      if (temporary.isPresent()) {
        delete(temporary.get());
      }
    }
  }

  /** Creates the server that the options describe. */
  ThumbnailServer server(Optional<Path> temporary) throws IOException {
    Buckets buckets = bucketOptions.buckets(jobs);
    Output source = Output.of(photos, buckets);
    if (source.folder().filter(folder -> !Files.isDirectory(folder)).isPresent()) {
      throw new SetupException(photos + " is not a folder");
    }
    Output results =
        temporary.isPresent()
            ? new Output(FileImageStore.of(temporary.get()), "", temporary)
            : Output.of(String.valueOf(out), buckets);
    boolean shown = page == null ? isLoopback() : page;
    List<String> names = new ArrayList<>();
    PrintWriter lines = command.commandLine().getOut();
    ThumbnailService service;
    try {
      service = service(source, results);
      for (String text : String.join(";", specs).split(";", -1)) {
        names.add(text.split("=", 2)[0].trim());
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    return new ThumbnailServer(
        service,
        host,
        port,
        new Readiness(source.store(), source.prefix()),
        new StartPage(source.store(), source.prefix(), names, shown),
        new Deadlines(REQUEST_TIME, RESPONSE_TIME),
        noLog
            ? line -> {}
            : line -> {
              lines.println(line);
              lines.flush();
            });
  }

  private boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private ThumbnailService service(Output source, Output results) throws IOException {
    PrintWriter err = command.commandLine().getErr();
    Thumbnailer thumbnailer = Thumbnailer.create(limits.limits());
    ThumbnailService.Builder builder =
        ThumbnailService.builder(source.store(), results.store())
            .specs(String.join(";", specs))
            .sourcePrefix(source.prefix())
            .destinationPrefix(results.prefix())
            .onDemandPrefix(results.prefix() + "on-demand/")
            .thumbnailer(
                memory > 0 ? thumbnailer.withMemoryBudget(memory * 1_000_000L) : thumbnailer)
            .maxRenders(jobs)
            .maxWaiting(queue)
            .maxWait(MAX_WAIT)
            .maxAge(Duration.ofSeconds(maxAge))
            .onFailure(
                (request, cause) ->
                    err.println("miniatura: " + request.target() + ": " + Messages.of(cause)));
    for (String key : secrets()) {
      builder.key(SigningKey.parse(key));
    }
    if (cors != null) {
      builder.cors(cors);
    }
    if (placeholder != null) {
      builder.placeholder(
          thumbnailer.render(ImageSource.of(placeholder), ThumbnailSpec.fit(256, 256)));
    }
    return builder.build();
  }

  private List<String> secrets() throws IOException {
    List<String> lines =
        keys != null
            ? Files.readAllLines(keys)
            : List.of(System.getenv().getOrDefault(KEYS_VARIABLE, "").split(",", -1));
    return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
