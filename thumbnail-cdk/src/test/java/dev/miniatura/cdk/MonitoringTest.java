package dev.miniatura.cdk;

import static dev.miniatura.cdk.Synthesis.Kind.DEFAULT;
import static dev.miniatura.cdk.Synthesis.Kind.EXISTING_EVENTS;
import static dev.miniatura.cdk.Synthesis.Kind.FULL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Match;

class MonitoringTest {

  private static final String ALARM = "AWS::CloudWatch::Alarm";

  @ParameterizedTest
  @CsvSource({
    "Slow,        AWS/Lambda, Duration,                           p90,     54000",
    "DeadLetters, AWS/SQS,    ApproximateNumberOfMessagesVisible, Maximum, 0",
    "Backlog,     AWS/SQS,    ApproximateAgeOfOldestMessage,      Maximum, 900"
  })
  void alarm_isSentToTheTopic(
      String name, String namespace, String metric, String statistic, int above) {
    Resources resources = Resources.of(DEFAULT);
    String id = resources.id(ALARM, "PipelineMonitoring" + name);
    assertThat(resources.property(id, "Namespace")).isEqualTo(namespace);
    assertThat(resources.property(id, "MetricName")).isEqualTo(metric);
    assertThat(resources.property(id, statistic.equals("p90") ? "ExtendedStatistic" : "Statistic"))
        .isEqualTo(statistic);
    assertAlarm(resources, id, above);
  }

  private static void assertAlarm(Resources resources, String id, int above) {
    assertThat(resources.property(id, "Threshold")).isEqualTo(above);
    assertThat(resources.property(id, "ComparisonOperator")).isEqualTo("GreaterThanThreshold");
    assertThat(resources.property(id, "TreatMissingData")).isEqualTo("notBreaching");
    assertThat(Resources.text(resources.property(id, "AlarmActions"))).isEqualTo("[{Alarms}]");
    assertThat(resources.property(id, "AlarmDescription")).asString().isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Errors,    Errors,           Invocations,           5",
    "Throttles, Throttles,        Invocations+Throttles, 5",
    "Retryable, Retryable,        Images,                5",
    "Images,    refused+failed,   Images,                50"
  })
  void alarm_onAShare_needsManyOfThem(String name, String part, String whole, int percent) {
    Share share = new Share(DEFAULT, name);
    assertAlarm(Resources.of(DEFAULT), share.id, percent);
    assertThat(share.metrics("part")).isEqualTo(List.of(part.split("\\+", -1)));
    assertThat(share.metrics("whole")).isEqualTo(List.of(whole.split("\\+", -1)));
    assertThat(share.of(1, 1)).as("one bad upload of one").isZero();
    assertThat(share.of(19, 19)).as("too few").isZero();
    assertThat(share.of(1, 20)).as("one bad upload of twenty").isLessThanOrEqualTo(percent);
    assertThat(share.of(15, 20)).as("three of four").isGreaterThan(percent);
    assertThat(share.of(0, 0)).isZero();
  }

  @Test
  void thresholds_areAsAskedFor() {
    assertThat(threshold("Errors")).isEqualTo(3);
    assertThat(threshold("Throttles")).isEqualTo(3);
    assertThat(threshold("Http")).isEqualTo(3);
    assertThat(threshold("Retryable")).isEqualTo(3);
    assertThat(threshold("Images")).isEqualTo(30);
    assertThat(threshold("DeadLetters")).isEqualTo(8);
    assertThat(threshold("Backlog")).isEqualTo(1800);
    Share http = new Share(EXISTING_EVENTS, "Http");
    assertThat(http.metrics("part")).containsExactly("5xx");
    assertThat(http.metrics("whole")).containsExactly("Count");
    assertThat(http.of(99, 99)).isZero();
    assertThat(http.of(4, 100)).isEqualTo(4);
  }

  private static Object threshold(String name) {
    Resources resources = Resources.of(EXISTING_EVENTS);
    return requireNonNull(
        resources.property(resources.id(ALARM, "PipelineMonitoring" + name), "Threshold"));
  }

  /** The expression of an alarm. */
  private static final class Share {

    private static final Pattern EXPRESSION =
        Pattern.compile("IF\\((.+) >= (\\d+), 100 \\* \\((.+)\\) / \\((.+)\\), 0\\)");

    private final String id;
    private final Map<String, String> metrics = new TreeMap<>();
    private long minimum;

    Share(Synthesis.Kind kind, String name) {
      Resources resources = Resources.of(kind);
      id = resources.id(ALARM, "PipelineMonitoring" + name);
      for (Object each : (List<?>) requireNonNull(resources.property(id, "Metrics"))) {
        Map<?, ?> metric = (Map<?, ?>) each;
        if (metric.get("Expression") instanceof String expression) {
          Matcher matcher = EXPRESSION.matcher(expression);
          assertThat(matcher.matches()).as(expression).isTrue();
          assertThat(matcher.group(1)).isEqualTo(matcher.group(4));
          minimum = Long.parseLong(matcher.group(2));
        } else {
          assertThat(Resources.text(metric)).contains("Period=900", "Stat=Sum");
          metrics.put(
              String.valueOf(metric.get("Id")),
              Resources.text(metric).replaceFirst("(?s).* MetricName=(\\S+) .*", "$1"));
        }
      }
    }

    List<String> metrics(String start) {
      return metrics.entrySet().stream()
          .filter(metric -> metric.getKey().startsWith(start))
          .map(Map.Entry::getValue)
          .toList();
    }

    double of(double part, double whole) {
      return whole >= minimum ? 100 * part / whole : 0;
    }
  }

  @Test
  void alarms_areOfTheRightQueueAndFunction() {
    Resources resources = Resources.of(DEFAULT);
    assertThat(resources.types()).containsEntry(ALARM, 7L);
    assertThat(dimensions(resources, "DeadLetters"))
        .isEqualTo("[Name=QueueName Value={DeadLetters.QueueName}]");
    assertThat(dimensions(resources, "Backlog"))
        .isEqualTo("[Name=QueueName Value={Queue.QueueName}]");
    String images = metrics(resources, "Images");
    assertThat(images).contains("Dimensions=[Name=function Value={");
    assertThat(metrics(resources, "Errors"))
        .contains(
            images
                .replaceFirst("(?s).*?(Dimensions=\\[[^]]*]).*", "$1")
                .replace("Name=function", "Name=FunctionName"));
  }

  private static String metrics(Resources resources, String alarm) {
    return Resources.text(
        resources.property(resources.id(ALARM, "PipelineMonitoring" + alarm), "Metrics"));
  }

  private static String dimensions(Resources resources, String alarm) {
    return Resources.text(
        resources.property(resources.id(ALARM, "PipelineMonitoring" + alarm), "Dimensions"));
  }

  @Test
  void topic_letsCloudWatchPublish() {
    assertThat(Resources.of(DEFAULT).policy("AWS::SNS::TopicPolicy", "PipelineMonitoring"))
        .containsExactlyInAnyOrder(
            "Deny sns:Publish on {Alarms} to * if Bool=aws:SecureTransport=false",
            "Allow sns:Publish on {Alarms} to Service=cloudwatch.amazonaws.com"
                + " if StringEquals=aws:SourceAccount={AWS::AccountId}");
  }

  @Test
  void email_isSubscribedIfThereIsOne() {
    Synthesis.template(FULL)
        .hasResourceProperties(
            "AWS::SNS::Subscription",
            Match.objectLike(Map.of("Protocol", "email", "Endpoint", "operator@example.com")));
    Synthesis.template(DEFAULT).resourceCountIs("AWS::SNS::Subscription", 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "written",
        "unchanged",
        "removed",
        "skipped",
        "refused",
        "failed",
        "unfinished",
        "Retryable",
        "BytesIn",
        "BytesOut"
      })
  void dashboard_showsWhatTheFunctionCounts(String metric) {
    Resources resources = Resources.of(DEFAULT);
    String id = resources.id("AWS::CloudWatch::Dashboard", "PipelineMonitoring");
    assertThat(Resources.text(resources.property(id, "DashboardBody")))
        .contains("[\"Miniatura\",\"" + metric + "\",\"function\",\"{");
  }

  @Test
  void queries_askTheFunctionsLog() {
    Resources resources = Resources.of(DEFAULT);
    List<String> queries =
        resources.ids().stream()
            .filter(id -> resources.type(id).equals("AWS::Logs::QueryDefinition"))
            .toList();
    assertThat(queries)
        .hasSize(5)
        .allSatisfy(
            id ->
                assertThat(Resources.text(resources.property(id, "LogGroupNames")))
                    .isEqualTo("[{Logs}]"))
        .allSatisfy(
            id ->
                assertThat(Resources.text(resources.property(id, "Name")))
                    .startsWith("Miniatura/{AWS::StackName}/Pipeline/"))
        .anySatisfy(
            id ->
                assertThat(Resources.text(resources.property(id, "QueryString")))
                    .contains("level in [\"ERROR\", \"WARN\"]"));
  }

  @Test
  void backfillRole_mayCallTheFunctionAndUseItsOwnFiles() {
    Resources resources = Resources.of(DEFAULT);
    assertThat(resources.policy("AWS::IAM::Policy", "PipelineBackfillRole"))
        .containsExactlyInAnyOrder(
            "Allow lambda:InvokeFunction on {Live}",
            "Allow s3:PutInventoryConfiguration on {Source.Arn}",
            "Allow s3:GetObject, s3:PutObject on {Records.Arn}/backfill/*");
    String role = resources.id("AWS::IAM::Role", "PipelineBackfillRole");
    assertThat(Resources.text(resources.property(role, "AssumeRolePolicyDocument")))
        .contains("Condition=StringEquals=aws:SourceAccount={AWS::AccountId}")
        .contains("Principal=Service=batchoperations.s3.amazonaws.com");
  }
}
