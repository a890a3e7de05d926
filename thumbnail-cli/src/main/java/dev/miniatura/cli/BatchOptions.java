package dev.miniatura.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a backfill that runs on AWS, as a job of S3 Batch Operations. */
final class BatchOptions {

  private static final Pattern FUNCTION =
      Pattern.compile("arn:(aws[a-z-]*):lambda:([a-z0-9-]+):(\\d{12}):function:\\S+");
  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/\\S+");

  @Option(
      names = "--batch",
      description =
          "Run it on AWS: S3 Batch Operations calls the deployed function for each object. The job"
              + " counts the objects, and starts after --yes.")
  private boolean batch;

  @Option(
      names = "--function",
      paramLabel = "ARN",
      description = "With --batch: the function, output FunctionArn of the stack.")
  private @Nullable String function;

  @Option(
      names = "--role",
      paramLabel = "ARN",
      description = "With --batch: the job's role, output BackfillRoleArn of the stack.")
  private @Nullable String role;

  @Option(
      names = "--records",
      paramLabel = "s3://BUCKET/FOLDER",
      description =
          "With --batch: where the job reports failures, output RecordsBucket of the stack, folder"
              + " backfill/reports unless another is given.")
  private @Nullable String records;

  @Option(
      names = "--inventory",
      paramLabel = "s3://…/manifest.json",
      description =
          "With --batch: take the objects from this report of S3 Inventory instead of listing.")
  private @Nullable String inventory;

  @Option(
      names = "--follow",
      paramLabel = "JOB",
      description = "With --batch: do not create a job, but follow this one.")
  private @Nullable String job;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "With --batch: invocations that the account or reservedConcurrency allows, for the"
              + " estimate; ${DEFAULT-VALUE} by default.")
  private int concurrency;

  @Option(names = "--yes", description = "With --batch: start the job without asking.")
  private boolean yes;

  boolean isAsked() {
    return batch;
  }

  boolean yes() {
    return yes;
  }

  int concurrency() {
    return Math.max(1, concurrency);
  }

  Optional<String> job() {
    return Optional.ofNullable(job);
  }

  Optional<S3Uri> inventory() {
    return Optional.ofNullable(inventory).map(S3Uri::parse);
  }

  /**
   * Returns the job to create.
   *
   * @param images the bucket and folder of the images
   * @throws SetupException if an option is missing or wrong
   */
  BatchJob.Task task(S3Uri images) {
    Matcher matcher = FUNCTION.matcher(required("--function", function));
    if (!matcher.matches()) {
      throw new SetupException("--function: '" + function + "' is not the ARN of a function");
    }
    if (!ROLE.matcher(required("--role", role)).matches()) {
      throw new SetupException("--role: '" + role + "' is not the ARN of a role");
    }
    String place = required("--records", records);
    S3Uri reports = S3Uri.parse(S3Uri.is(place) ? place : S3Uri.SCHEME + place);
    return new BatchJob.Task(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        matcher.group(),
        required("--role", role),
        images,
        reports.key().isEmpty() ? new S3Uri(reports.bucket(), "backfill/reports") : reports);
  }

  private static String required(String option, @Nullable String value) {
    if (value == null) {
      throw new SetupException("--batch needs " + option);
    }
    return value;
  }
}
