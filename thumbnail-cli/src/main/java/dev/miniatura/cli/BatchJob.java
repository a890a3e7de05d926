package dev.miniatura.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backfill as a job of S3 Batch Operations. The job is created so that it awaits a confirmation:
 * S3 lists the objects first, and the estimate is based on their actual number.
 */
final class BatchJob {

  /** How many times in a row describing the job may fail. */
  private static final int PATIENCE = 5;

  private static final List<String> ENDED = List.of("Complete", "Failed", "Cancelled");

  private final S3Control control;
  private final PrintWriter out;
  private final Duration pause;

  /**
   * Creates a runner.
   *
   * @param out receives the estimate and the progress
   * @param pause the time between two queries of the job's status
   */
  BatchJob(S3Control control, PrintWriter out, Duration pause) {
    this.control = control;
    this.out = out;
    this.pause = pause;
  }

  /**
   * What a job does.
   *
   * @param partition the AWS partition, such as {@code aws}
   * @param region the function's region
   * @param account the account that owns the function, the role and the job
   * @param function the function's ARN
   * @param role the job's role
   * @param images the bucket and folder of the images
   * @param reports where failures are reported
   */
  record Task(
      String partition,
      String region,
      String account,
      String function,
      String role,
      S3Uri images,
      S3Uri reports) {

    /**
     * Returns the body of a request that creates the job.
     *
     * @param inventory the manifest of an inventory report and its ETag; without it, S3 lists the
     *     bucket
     */
    String request(Optional<Map.Entry<S3Uri, String>> inventory) {
      return "<CreateJobRequest xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\">"
          + element("ConfirmationRequired", "true")
          + "<Operation><LambdaInvoke>"
          + element("FunctionArn", function)
          + element("InvocationSchemaVersion", "2.0")
          + "</LambdaInvoke></Operation><Report>"
          + element("Bucket", arn(reports.bucket()))
          + element("Format", "Report_CSV_20180820")
          + element("Enabled", "true")
          + element("Prefix", reports.key())
          + element("ReportScope", "FailedTasksOnly")
          + "</Report>"
          + element("ClientRequestToken", UUID.randomUUID().toString())
          + element("Description", "Thumbnails of " + images)
          + element("Priority", "10")
          + element("RoleArn", role)
          + inventory
              .map(it -> manifest(it.getKey(), it.getValue()))
              .orElseGet(this::manifestGenerator)
          + "</CreateJobRequest>";
    }

    private String manifest(S3Uri manifest, String entityTag) {
      return "<Manifest><Spec>"
          + element("Format", "S3InventoryReport_CSV_20161130")
          + "</Spec><Location>"
          + element("ObjectArn", arn(manifest.bucket()) + "/" + manifest.key())
          + element("ETag", entityTag)
          + "</Location></Manifest>";
    }

    private String manifestGenerator() {
      String folder = images.folder();
      return "<ManifestGenerator><S3JobManifestGenerator>"
          + element("ExpectedBucketOwner", account)
          + element("SourceBucket", arn(images.bucket()))
          + (folder.isEmpty()
              ? ""
              : "<Filter><KeyNameConstraint><MatchAnyPrefix>"
                  + element("member", folder)
                  + "</MatchAnyPrefix></KeyNameConstraint></Filter>")
          + element("EnableManifestOutput", "false")
          + "</S3JobManifestGenerator></ManifestGenerator>";
    }

    private String arn(String bucket) {
      return "arn:" + partition + ":s3:::" + bucket;
    }

    private static String element(String name, String text) {
      String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      return "<" + name + ">" + escaped + "</" + name + ">";
    }
  }

  /**
   * The maximum cost and duration of a job.
   *
   * @param objects the number of objects
   * @param specs the number of thumbnails per object
   * @param concurrency the number of concurrent invocations
   * @param listed whether S3 lists the objects, rather than reading an inventory
   */
  record Cost(long objects, int specs, int concurrency, boolean listed) {

    private static final double JOB = 0.25;
    private static final double PER_MILLION_TASKS = 1;
    private static final double PER_MILLION_LISTED = 0.015;
    private static final double PER_MILLION_INVOCATIONS = 0.20;

    /** The price of 1769 MB on arm64 for a tenth of a second. */
    private static final double PER_MILLION_RUNS = 2.33;

    private static final double PER_MILLION_WRITES = 5;
    private static final double PER_MILLION_READS = 0.40;
    private static final int READS = 2;
    private static final double SECONDS = 0.1;

    /** The PUT, COPY, POST and DELETE requests per second of a prefix (S3 User Guide). */
    private static final int WRITES_PER_SECOND = 3_500;

    double dollars() {
      double perMillion =
          PER_MILLION_TASKS
              + (listed ? PER_MILLION_LISTED : 0)
              + PER_MILLION_INVOCATIONS
              + PER_MILLION_RUNS
              + PER_MILLION_WRITES * (specs + 1)
              + PER_MILLION_READS * READS;
      return JOB + objects / 1e6 * perMillion;
    }

    double seconds() {
      return objects * Math.max(SECONDS / concurrency, (specs + 1) / (double) WRITES_PER_SECOND);
    }

    String text() {
      return String.format(
          Locale.ROOT,
          """
          objects   %,d
          cost      $0.25 + $%.2f per million objects = about $%.2f
                    (S3 Batch Operations, 100 ms of 1769 MB on arm64, %d PUT + 1 LIST + 2 GET each,
                    prices of us-east-1)
          time      about %s with %,d invocations at a time, or 3,500 writes per second
          """,
          objects,
          (dollars() - JOB) / Math.max(objects, 1) * 1e6,
          dollars(),
          specs,
          Estimate.duration(seconds()),
          concurrency);
    }
  }

  /** The status of a job, as reported by S3. */
  private record State(String status, long total, long succeeded, long failed, String reason) {

    static State of(Map<String, String> texts) {
      String reason = texts.getOrDefault("FailureReason", texts.getOrDefault("FailureCode", ""));
      return new State(
          texts.getOrDefault("Status", ""),
          number(texts.get("TotalNumberOfTasks")),
          number(texts.get("NumberOfTasksSucceeded")),
          number(texts.get("NumberOfTasksFailed")),
          reason);
    }

    private static long number(@Nullable String text) {
      return text == null ? 0 : Long.parseLong(text.strip());
    }
  }

  /**
   * Follows a job until it ends, or until it awaits a confirmation that is not given.
   *
   * @param job the job's id
   * @param specs thumbnails of each object
   * @param concurrency invocations at a time
   * @param listed whether S3 lists the objects
   * @param yes whether to confirm
   * @return the exit code
   */
  int follow(String job, int specs, int concurrency, boolean listed, boolean yes)
      throws IOException, InterruptedException {
    out.println("job       " + job);
    out.flush();
    String shown = "";
    boolean confirmed = false;
    while (true) {
      State state = describe(job);
      if (state.status().equals("Suspended") && !confirmed) {
        out.print(new Cost(state.total(), specs, concurrency, listed).text());
        if (!yes) {
          out.println(
              "nothing has started; the same command with --follow " + job + " --yes starts it");
          out.flush();
          return Miniatura.MORE_TO_DO;
        }
        control.confirm(job);
        confirmed = true;
      }
      String line = line(state);
      if (!line.equals(shown)) {
        out.println(line);
        out.flush();
        shown = line;
      }
      if (ENDED.contains(state.status())) {
        return state.status().equals("Complete") && state.failed() == 0 ? 0 : Miniatura.SOME_FAILED;
      }
      Thread.sleep(pause.toMillis());
    }
  }

  private static String line(State state) {
    String progress =
        String.format(
            Locale.ROOT,
            "%-9s %,d of %,d, %,d failed",
            state.status().toLowerCase(Locale.ROOT),
            state.succeeded() + state.failed(),
            state.total(),
            state.failed());
    return state.reason().isEmpty() ? progress : progress + ": " + state.reason();
  }

  private State describe(String job) throws IOException, InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return State.of(control.describe(job));
      } catch (S3Control.RefusedException e) {
        throw e;
      } catch (IOException e) {
        if (failures == PATIENCE) {
          throw e;
        }
        Thread.sleep(pause.toMillis());
      }
    }
  }
}
