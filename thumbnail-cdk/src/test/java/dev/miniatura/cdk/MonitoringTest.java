package dev.miniatura.cdk;

import static dev.miniatura.cdk.Synthesis.Kind.DEFAULT;
import static dev.miniatura.cdk.Synthesis.Kind.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Match;

class MonitoringTest {

  private static final String ALARM = "AWS::CloudWatch::Alarm";

  @ParameterizedTest
  @CsvSource({
    "Errors,      AWS/Lambda, Errors,                             Sum,     0",
    "Throttles,   AWS/Lambda, Throttles,                          Sum,     0",
    "Slow,        AWS/Lambda, Duration,                           Maximum, 54000",
    "DeadLetters, AWS/SQS,    ApproximateNumberOfMessagesVisible, Maximum, 0",
    "Backlog,     AWS/SQS,    ApproximateAgeOfOldestMessage,      Maximum, 900",
    "Refused,     Miniatura,  Refused,                            Sum,     0",
    "Failed,      Miniatura,  Failed,                             Sum,     0"
  })
  void alarm_isSentToTheTopic(
      String name, String namespace, String metric, String statistic, int above) {
    Resources resources = Resources.of(DEFAULT);
    String id = resources.id(ALARM, "PipelineMonitoring" + name);
    assertThat(resources.property(id, "Namespace")).isEqualTo(namespace);
    assertThat(resources.property(id, "MetricName")).isEqualTo(metric);
    assertThat(resources.property(id, "Statistic")).isEqualTo(statistic);
    assertThat(resources.property(id, "Threshold")).isEqualTo(above);
    assertThat(resources.property(id, "ComparisonOperator")).isEqualTo("GreaterThanThreshold");
    assertThat(resources.property(id, "TreatMissingData")).isEqualTo("notBreaching");
    assertThat(Resources.text(resources.property(id, "AlarmActions"))).isEqualTo("[{Alarms}]");
    assertThat(resources.property(id, "AlarmDescription")).asString().isNotEmpty();
  }

  @Test
  void alarms_areOfTheRightQueueAndFunction() {
    Resources resources = Resources.of(DEFAULT);
    assertThat(resources.types()).containsEntry(ALARM, 7L);
    assertThat(dimensions(resources, "DeadLetters"))
        .isEqualTo("[Name=QueueName Value={DeadLetters.QueueName}]");
    assertThat(dimensions(resources, "Backlog"))
        .isEqualTo("[Name=QueueName Value={Queue.QueueName}]");
    assertThat(dimensions(resources, "Refused")).startsWith("[Name=function Value={");
    assertThat(dimensions(resources, "Refused"))
        .isEqualTo(dimensions(resources, "Errors").replace("FunctionName", "function"));
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
        "Written",
        "Unchanged",
        "Removed",
        "Skipped",
        "Refused",
        "Failed",
        "Unfinished",
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
