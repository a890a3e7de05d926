package dev.miniatura.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Jobs on a server that stands in for the control plane of S3. */
class BatchJobTest {

  private static final BatchJob.Task TASK =
      new BatchJob.Task(
          "aws",
          "eu-central-1",
          "123456789012",
          "arn:aws:lambda:eu-central-1:123456789012:function:Thumbnails:live",
          "arn:aws:iam::123456789012:role/Backfill",
          new S3Uri("photos", "2024 & before"),
          new S3Uri("records", "backfill/reports"));

  private final StringWriter out = new StringWriter();
  private final PrintWriter buffered = new PrintWriter(new BufferedWriter(out));
  private final List<String> shown = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private S3Control control;
  private BatchJob job;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            shown.add(out.toString());
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().getFirst("x-amz-account-id")
                    + " "
                    + exchange.getRequestHeaders().getFirst("Authorization")
                    + " "
                    + exchange.getRequestHeaders().getFirst("x-amz-content-sha256")
                    + " "
                    + body);
            String answer = answers.remove(0);
            int status = Integer.parseInt(answer.substring(0, 3));
            byte[] bytes = answer.substring(4).getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    control =
        new S3Control(
            UrlConnectionHttpClient.create(),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            TASK.account(),
            TASK.region(),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")));
    job = new BatchJob(control, buffered, Duration.ofMillis(1));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static String state(String status, long total, long succeeded, long failed) {
    return """
    200 <?xml version="1.0" encoding="UTF-8"?>
    <DescribeJobResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Job>
    <JobId>j-1</JobId><Status>%s</Status><FailureReasons/>
    <ProgressSummary><TotalNumberOfTasks>%d</TotalNumberOfTasks>
    <NumberOfTasksSucceeded>%d</NumberOfTasksSucceeded>
    <NumberOfTasksFailed>%d</NumberOfTasksFailed></ProgressSummary></Job></DescribeJobResult>\
    """
        .formatted(status, total, succeeded, failed);
  }

  private int follow(boolean yes) throws IOException, InterruptedException {
    return job.follow("j-1", 2, 1000, true, yes);
  }

  @Test
  void create_asksForAJobThatAwaitsItsConfirmation() throws IOException {
    answers.add("200 <CreateJobResult><JobId>j-1</JobId></CreateJobResult>");

    assertThat(control.create(TASK.request(Optional.empty()))).isEqualTo("j-1");

    assertThat(requests.get(0))
        .startsWith("POST /v20180820/jobs 123456789012 AWS4-HMAC-SHA256 Credential=AKID/")
        .contains("/eu-central-1/s3/aws4_request")
        .containsPattern(" [0-9a-f]{64} <CreateJobRequest xmlns=")
        .contains("<ConfirmationRequired>true</ConfirmationRequired>")
        .contains("<FunctionArn>" + TASK.function() + "</FunctionArn>")
        .contains("<InvocationSchemaVersion>2.0</InvocationSchemaVersion>")
        .contains("<Bucket>arn:aws:s3:::records</Bucket>", "<Prefix>backfill/reports</Prefix>")
        .contains("<RoleArn>arn:aws:iam::123456789012:role/Backfill</RoleArn>")
        .contains("<SourceBucket>arn:aws:s3:::photos</SourceBucket>")
        .contains("<MatchAnyPrefix><member>2024 &amp; before/</member></MatchAnyPrefix>");
  }

  @Test
  void request_ofAnInventory_namesItsManifest() {
    String request =
        TASK.request(
            Optional.of(Map.entry(new S3Uri("records", "inventory/x/manifest.json"), "abc")));
    assertThat(request)
        .contains("<Format>S3InventoryReport_CSV_20161130</Format>")
        .contains("<ObjectArn>arn:aws:s3:::records/inventory/x/manifest.json</ObjectArn>")
        .contains("<ETag>abc</ETag>")
        .doesNotContain("ManifestGenerator");
  }

  @Test
  void request_ofAWholeBucket_hasNoFilter() {
    BatchJob.Task whole =
        new BatchJob.Task(
            "aws-cn", "", "", "", "", new S3Uri("photos", ""), new S3Uri("records", "x"));
    assertThat(whole.request(Optional.empty()))
        .contains("<SourceBucket>arn:aws-cn:s3:::photos</SourceBucket>")
        .doesNotContain("Filter");
  }

  @Test
  void follow_withoutYes_showsTheEstimateAndStartsNothing() throws Exception {
    answers.addAll(List.of(state("Preparing", 0, 0, 0), state("Suspended", 100_000_000, 0, 0)));

    assertThat(follow(false)).isEqualTo(Miniatura.MORE_TO_DO);

    assertThat(out.toString())
        .contains("job       j-1", "preparing")
        .contains("objects   100,000,000", "= about $1934.75", "23 h 48 min")
        .contains("--follow j-1 --yes");
    assertThat(requests).noneMatch(request -> request.contains("requestedJobStatus"));
  }

  @Test
  void follow_withYes_confirmsOnceAndGoesOnToTheEnd() throws Exception {
    answers.addAll(
        List.of(
            state("Suspended", 10, 0, 0),
            "200 <UpdateJobStatusResult/>",
            state("Suspended", 10, 0, 0),
            "503 <Error><Code>SlowDown</Code></Error>",
            "500 ",
            state("Active", 10, 4, 0),
            state("Active", 10, 4, 0),
            state("Complete", 10, 10, 0)));

    assertThat(follow(true)).isZero();

    assertThat(shown.get(0)).isEqualTo("job       j-1\n");
    assertThat(shown.get(6)).endsWith("active    4 of 10, 0 failed\n"); // and not held back
    assertThat(requests.get(1))
        .startsWith("POST /v20180820/jobs/j-1/status?requestedJobStatus=Ready");
    assertThat(out.toString().lines().filter(line -> line.startsWith("active")))
        .containsExactly("active    4 of 10, 0 failed");
    assertThat(out.toString()).endsWith("complete  10 of 10, 0 failed\n");
  }

  @Test
  void follow_betweenTwoLooks_waits() throws Exception {
    answers.addAll(List.of(state("Active", 1, 0, 0), "500 ", state("Complete", 1, 1, 0)));
    long start = System.nanoTime();
    new BatchJob(control, buffered, Duration.ofMillis(100)).follow("j-1", 2, 1000, true, true);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
  }

  @Test
  void follow_failures_areSomeFailed() throws Exception {
    answers.add(state("Complete", 10, 9, 1));
    assertThat(follow(true)).isEqualTo(Miniatura.SOME_FAILED);
    assertThat(out.toString()).endsWith("complete  10 of 10, 1 failed\n");
    answers.add(
        state("Failed", 10, 0, 0)
            .replace(
                "<FailureReasons/>",
                "<FailureReasons><member><FailureCode>X</FailureCode><FailureReason>no role"
                    + "</FailureReason></member></FailureReasons>"));
    assertThat(follow(true)).isEqualTo(Miniatura.SOME_FAILED);
    assertThat(out.toString()).contains("failed    0 of 10, 0 failed: no role");
  }

  @Test
  void follow_whatIsRefused_isNotRepeated_andPatienceEnds() {
    answers.add("403 <Error><Code>AccessDenied</Code><Message>no</Message></Error>");
    assertThatThrownBy(() -> follow(true))
        .isInstanceOf(S3Control.RefusedException.class)
        .hasMessage("S3 answered 403: AccessDenied no");
    assertThat(requests).hasSize(1);
    answers.addAll(Collections.nCopies(5, "500 oops"));
    assertThatThrownBy(() -> follow(true)).hasMessageContaining("500");
    answers.add("200 no xml");
    assertThatThrownBy(() -> control.create("<x/>")).hasMessageContaining("not XML");
    answers.add("200 <x/>");
    assertThatThrownBy(() -> control.create("<x/>")).hasMessageContaining("names no job");
  }

  @Test
  void estimate_isThatOfTheFormula() {
    BatchJob.Cost million = new BatchJob.Cost(1_000_000, 2, 1000, true);
    assertThat(million.dollars())
        .isCloseTo(0.25 + 1 + 0.015 + 0.2 + 2.33 + 5 * 3 + 0.4 * 2, within(1e-9));
    assertThat(million.seconds()).isCloseTo(1e6 * 3 / 3500, within(1e-6));
    assertThat(new BatchJob.Cost(1_000_000, 1, 10, true).seconds()).isCloseTo(10_000, within(1e-6));
    assertThat(new BatchJob.Cost(0, 1, 1, false).text()).contains("about $0.25", "0 s");
    assertThat(new BatchJob.Cost(2_000_000, 2, 1000, false).text())
        .contains("cost      $0.25 + $19.33 per million objects = about $38.91\n");
  }

  private static BatchOptions options(String... arguments) {
    return CommandLine.populateCommand(new BatchOptions(), arguments);
  }

  @Test
  void options_none_areTheDefaults() {
    BatchOptions none = options();
    assertThat(none.isAsked()).isFalse();
    assertThat(none.yes()).isFalse();
    assertThat(none.concurrency()).isEqualTo(1000);
    assertThat(none.job()).isEmpty();
    assertThat(none.inventory()).isEmpty();
  }

  @Test
  void options_all_areTaken() {
    BatchOptions all =
        options(
            ("--batch --yes --concurrency 20 --follow j-1 --inventory s3://i/x/manifest.json"
                    + " --records records --function "
                    + TASK.function()
                    + " --role "
                    + TASK.role())
                .split(" "));
    assertThat(all.isAsked()).isTrue();
    assertThat(all.yes()).isTrue();
    assertThat(all.concurrency()).isEqualTo(20);
    assertThat(all.job()).contains("j-1");
    assertThat(all.inventory()).contains(new S3Uri("i", "x/manifest.json"));
    assertThat(all.task(TASK.images())).isEqualTo(TASK);
    assertThat(options("--concurrency", "0").concurrency()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                    --batch needs --function",
    "--function x,                          '--function: ''x'' is not the ARN of a function'",
    "--function F,                          --batch needs --role",
    "--function F --role x,                 '--role: ''x'' is not the ARN of a role'",
    "--function F --role R,                 --batch needs --records",
    "--function F --role R --records s3://, 's3://'' does not name a bucket'",
    "--out s3://thumbs,                     --batch needs no --out",
    "--dry-run,                             --batch needs no --dry-run"
  })
  void command_whatIsMissing_isNamed(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("backfill", "s3://photos/2024", "--batch"));
    for (String option : options.split(" ", -1)) {
      if (!option.isEmpty()) {
        arguments.add(
            switch (option) {
              case "F" -> TASK.function();
              case "R" -> TASK.role();
              default -> option;
            });
      }
    }
    StringWriter err = new StringWriter();
    int exitCode =
        Miniatura.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(new String[0]));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }
}
