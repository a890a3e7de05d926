package dev.miniatura.cli;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the thumbnails of existing images in a bucket. */
@Command(
    name = "backfill",
    description = {
      "Makes the thumbnails of a whole bucket, after printing an estimate of the effort.",
      "If killed, it resumes when started again with the same checkpoint. Thumbnails that are up"
          + " to date are kept, including those made by the Lambda function.",
      "It stops if a store is unreachable or denies access. Exit code 0 means that every object"
          + " has its thumbnails or is listed in the report."
    },
    mixinStandardHelpOptions = true)
final class BackfillCommand implements Callable<Integer> {

  /** Threads wait for the network most of the time. */
  private static final int JOBS_PER_PROCESSOR = 4;

  /**
   * More failures in a row than this, beyond those begun at the same time, are not due to objects.
   */
  private static final int GRACE = 10;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration BATCH_PAUSE = Duration.ofSeconds(5);

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "s3://BUCKET/FOLDER", description = "Location of the images.")
  private String from;

  @Option(
      names = "--out",
      paramLabel = "s3://BUCKET/FOLDER",
      description = "Destination of the thumbnails; may also be a local folder.")
  private @Nullable String out;

  @Option(
      names = "--spec",
      paramLabel = "[NAME=]SPEC",
      defaultValue = "small=fit:256x256",
      description =
          "The thumbnails to make, as for make. A spec with a format needs fewer requests.")
  private List<String> specs = List.of();

  @Option(
      names = "--template",
      defaultValue = "{key}.{spec}.{ext}",
      paramLabel = "TEMPLATE",
      description = "Name template: {key}, {dir}, {name}, {spec}, {ext}.")
  private String template = "";

  @Option(names = "--dry-run", description = "Only print the estimate.")
  private boolean dryRun;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "File that records the progress, to resume from; deleted when everything is done.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "File that lists objects without thumbnails and the reason, one JSON object per line;"
              + " by default FILE.report next to the checkpoint. Without either, such an object"
              + " makes the exit code 1.")
  private @Nullable Path report;

  @Option(
      names = "--max-items",
      paramLabel = "N",
      description = "Stop after this many objects; the next run resumes from the checkpoint.")
  private long maxItems = Long.MAX_VALUE;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = Rate.Converter.class,
      description = "Start at most this many objects per second.")
  private @Nullable Rate rate;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Objects processed at a time; four per processor by default.")
  private int jobs = JOBS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();

  @Mixin private Specs.Strictness strictness;

  @Mixin private LimitOptions limits;

  @Mixin private BucketOptions bucketOptions;

  @Mixin private BatchOptions batchOptions;

  @Mixin private Report.Style style;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls
  BackfillCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, ThumbnailSpec> named = strictness.apply(Specs.parse(command, specs));
    if (!S3Uri.is(from)) {
      throw new ParameterException(
          command.commandLine(), "'" + from + "' is not an s3:// URI; use make for folders");
    }
    if (maxItems < 1) {
      throw new SetupException("--max-items: must be at least 1");
    }
    S3Uri uri = S3Uri.parse(from);
    if (batchOptions.isAsked()) {
      return batch(uri, named.size());
    }
    if (out == null) {
      throw new ParameterException(command.commandLine(), "Missing required option: '--out'");
    }
    Buckets buckets = bucketOptions.buckets(jobs);
    Origin origin =
        new Origin(
            buckets.bucket(uri.bucket()).build(), uri.folder(), List.of(), Set.of(), "", List.of());
    Output output = Output.of(out, buckets);
    ThumbnailPipeline pipeline = pipeline(origin, output, named);
    Checkpoint start = start(origin, output, named);

    Estimate estimate;
    try (Stream<Entry> listing = objects(origin, output, start)) {
      estimate = Estimate.of(listing, named.values(), template);
    }
    tell(estimate, origin, output, start);
    if (dryRun) {
      return 0;
    }
    if (checkpoint != null) {
      start.write(checkpoint); // where that cannot be, nothing is begun
    }
    Path unmade = report != null || checkpoint == null ? report : reportBeside(checkpoint);
    Backfill backfill;
    boolean done;
    int exitCode;
    try (ReportFile file = unmade == null ? null : ReportFile.open(unmade, start.reported());
        Stream<Entry> objects = objects(origin, output, start);
        Report told =
            style.open(command.commandLine(), estimate.objects() + start.again().size())) {
      backfill =
          new Backfill(
              pipeline,
              start,
              new Backfill.Memory(Optional.ofNullable(checkpoint), Optional.ofNullable(file)),
              listener(told, origin),
              new Backfill.Patience(jobs + GRACE, PAUSE));
      done = backfill.run(objects, Optional.ofNullable(rate));
      if (backfill.stopped().isEmpty()) {
        told.complete();
      }
      exitCode = done && file != null ? 0 : told.exitCode();
    }
    if (!done) {
      exitCode = Miniatura.SOME_FAILED;
    } else if (estimate.objects() == maxItems) {
      exitCode = Miniatura.MORE_TO_DO;
    }
    finish(done && exitCode != Miniatura.MORE_TO_DO, backfill.stopped(), unmade);
    return exitCode;
  }

  private int batch(S3Uri images, int specs) throws IOException, InterruptedException {
    if (out != null || dryRun) {
      throw new ParameterException(
          command.commandLine(),
          out == null
              ? "--batch needs no --dry-run: the job starts only with --yes"
              : "--batch needs no --out: the function knows where thumbnails go");
    }
    BatchJob.Task task = batchOptions.task(images);
    S3Control control = bucketOptions.control(task);
    BatchJob job = new BatchJob(control, command.commandLine().getOut(), BATCH_PAUSE);
    Optional<S3Uri> inventory = batchOptions.inventory();
    String id =
        batchOptions.job().isPresent()
            ? batchOptions.job().get()
            : control.create(
                task.request(
                    inventory.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Map.entry(inventory.get(), entityTag(inventory.get())))));
    return job.follow(
        id, specs, batchOptions.concurrency(), inventory.isEmpty(), batchOptions.yes());
  }

  private String entityTag(S3Uri manifest) throws IOException {
    return bucketOptions
        .buckets(1)
        .bucket(manifest.bucket())
        .build()
        .stat(manifest.key())
        .orElseThrow(() -> new SetupException(manifest + " does not exist"))
        .version();
  }

  private static Path reportBeside(Path checkpoint) {
    return checkpoint.resolveSibling(checkpoint.getFileName() + ".report");
  }

  private static Backfill.Listener listener(Report report, Origin origin) {
    return new Backfill.Listener() {
      @Override
      public void outcome(Outcome outcome) {
        report.add(origin, outcome);
      }

      @Override
      public Optional<String> unmade(Outcome outcome) {
        boolean made = outcome instanceof Outcome.Written || outcome instanceof Outcome.Unchanged;
        return made ? Optional.empty() : Optional.of(Result.of(origin, outcome).brief());
      }
    };
  }

  private ThumbnailPipeline pipeline(
      Origin origin, Output output, Map<String, ThumbnailSpec> named) {
    try {
      return ThumbnailPipeline.builder(origin.store(), output.store())
          .specs(named)
          .keyTemplate(template)
          .sourcePrefix(origin.prefix())
          .destinationPrefix(output.prefix())
          .destinationInsideSource()
          .thumbnailer(Thumbnailer.create(limits.limits()))
          .parallelism(jobs)
          .build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private Checkpoint start(Origin origin, Output output, Map<String, ThumbnailSpec> named)
      throws IOException {
    String task =
        "%s%s -> %s, %s as %s"
            .formatted(
                origin.store().location(), origin.prefix(), output.location(), named, template);
    Checkpoint none = new Checkpoint(task, "", List.of(), 0);
    if (checkpoint == null) {
      return none;
    }
    Checkpoint found = Checkpoint.read(checkpoint).orElse(none);
    if (!found.task().equals(task)) {
      throw new SetupException(
          "%s is the checkpoint of another backfill: %s".formatted(checkpoint, found.task()));
    }
    return found;
  }

  private Stream<Entry> objects(Origin origin, Output output, Checkpoint start) throws IOException {
    ImageStore bucket = origin.store();
    return BucketInputs.below(
            bucket, origin.prefix(), start.after(), Optional.of(output.location()))
        .limit(maxItems);
  }

  private void tell(Estimate estimate, Origin origin, Output output, Checkpoint start) {
    PrintWriter to = dryRun ? command.commandLine().getOut() : command.commandLine().getErr();
    to.println("from      " + origin.name(origin.prefix()));
    to.println("to        " + output.location());
    if (!start.after().isEmpty()) {
      to.println("after     " + origin.name(start.after()));
    }
    if (!start.again().isEmpty()) {
      to.println("again     " + start.again().size() + " that failed before");
    }
    to.print(estimate.text(jobs, Optional.ofNullable(rate)));
    to.flush();
  }

  private void finish(boolean done, Optional<String> stopped, @Nullable Path unmade)
      throws IOException {
    PrintWriter err = command.commandLine().getErr();
    stopped.ifPresent(why -> err.println("stopped: " + why));
    if (unmade != null && Files.exists(unmade)) {
      err.println("objects without thumbnails: " + unmade);
    }
    if (done && checkpoint != null) {
      Files.deleteIfExists(checkpoint);
    } else if (!done) {
      err.println(
          checkpoint == null
              ? "not finished; run it again"
              : "not finished; run the same command again to resume from " + checkpoint);
    }
  }
}
