package dev.miniatura.cdk;

import static dev.miniatura.cdk.Synthesis.Kind.DEFAULT;
import static dev.miniatura.cdk.Synthesis.Kind.EXISTING;
import static dev.miniatura.cdk.Synthesis.Kind.EXISTING_EVENTS;
import static dev.miniatura.cdk.Synthesis.Kind.FILTERED;
import static dev.miniatura.cdk.Synthesis.Kind.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Match;

class DeliveryTest {

  private static final String QUEUE = "AWS::SQS::Queue";
  private static final String QUEUE_POLICY = "AWS::SQS::QueuePolicy";
  private static final String DENIED =
      "Deny sqs:* on {Queue.Arn} to AWS=* if Bool=aws:SecureTransport=false";

  @Test
  void queue_hidesMessagesForSixTimesTheTimeoutAndTheWindow() {
    Synthesis.template(DEFAULT)
        .hasResourceProperties(QUEUE, Match.objectLike(Map.of("VisibilityTimeout", 360)));
    Synthesis.template(FULL)
        .hasResourceProperties(QUEUE, Match.objectLike(Map.of("VisibilityTimeout", 185)));
  }

  @Test
  void queue_givesUpAfterFiveTries() {
    Resources resources = Resources.of(DEFAULT);
    assertThat(
            Resources.text(
                resources.property(resources.id(QUEUE, "PipelineDeliveryQueue"), "RedrivePolicy")))
        .isEqualTo("deadLetterTargetArn={DeadLetters.Arn} maxReceiveCount=5");
    Synthesis.template(DEFAULT)
        .hasResourceProperties(
            QUEUE,
            Match.objectLike(
                Map.of("MessageRetentionPeriod", 1209600, "RedrivePolicy", Match.absent())));
    Synthesis.template(DEFAULT).allResourcesProperties(QUEUE, Map.of("SqsManagedSseEnabled", true));
  }

  @Test
  void newBucket_tellsTheQueueItself() {
    Resources resources = Resources.of(DEFAULT);
    assertThat(notifications(resources))
        .isEqualTo(
            "[Event=s3:ObjectCreated:* Queue={Queue.Arn},"
                + " Event=s3:ObjectRemoved:* Queue={Queue.Arn},"
                + " Event=s3:LifecycleExpiration:* Queue={Queue.Arn},"
                + " Event=s3:ObjectRestore:Completed Queue={Queue.Arn}]");
    assertThat(resources.policy(QUEUE_POLICY, "PipelineDeliveryQueuePolicy"))
        .containsExactlyInAnyOrder(
            DENIED,
            "Allow sqs:SendMessage on {Queue.Arn} to Service=s3.amazonaws.com"
                + " if ArnLike=aws:SourceArn=arn:{AWS::Partition}:s3:::*"
                + " StringEquals=aws:SourceAccount={AWS::AccountId}");
    Synthesis.template(DEFAULT)
        .hasResource(
            "AWS::S3::Bucket",
            Match.objectLike(
                Map.of(
                    "DependsOn",
                    List.of(resources.id(QUEUE_POLICY, "PipelineDeliveryQueuePolicy")))));
  }

  @Test
  void notification_isOfPrefixAndEachSuffix() {
    String notifications = notifications(Resources.of(FILTERED));
    for (String suffix : List.of(".jpg", ".JPG")) {
      assertThat(notifications)
          .contains(
              "Event=s3:ObjectCreated:* Filter=S3Key=Rules=[Name=prefix Value=photos/,"
                  + " Name=suffix Value="
                  + suffix
                  + "] Queue={Queue.Arn}");
    }
  }

  private static String notifications(Resources resources) {
    return Resources.text(
        resources.property(
            resources.id("AWS::S3::Bucket", "PipelineStorageSource"),
            "NotificationConfiguration",
            "QueueConfigurations"));
  }

  @Test
  void eventBridge_tellsTheQueueByARule() {
    Resources resources = Resources.of(FULL);
    assertThat(
            Resources.text(
                resources.property(
                    resources.id("AWS::S3::Bucket", "PipelineStorageSource"),
                    "NotificationConfiguration")))
        .isEqualTo("EventBridgeConfiguration=EventBridgeEnabled=true");
    String rule = resources.id("AWS::Events::Rule", "PipelineDelivery");
    assertThat(Resources.text(resources.property(rule, "EventPattern")))
        .isEqualTo(
            "detail=bucket=name=[{Source}]"
                + " object=key=[wildcard=photos/*.jpg, wildcard=photos/*.png]"
                + " detail-type=[Object Created, Object Deleted, Object Restore Completed]"
                + " source=[aws.s3]");
    assertThat(Resources.text(resources.property(rule, "Targets")))
        .isEqualTo("[Arn={Queue.Arn} DeadLetterConfig=Arn={DeadLetters.Arn} Id=Target0]");
    assertThat(resources.policy(QUEUE_POLICY, "PipelineDeliveryQueuePolicy"))
        .containsExactlyInAnyOrder(
            DENIED,
            "Allow sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on {Queue.Arn} to"
                + " Service=events.amazonaws.com if ArnEquals=aws:SourceArn={Rule.Arn}");
    assertThat(resources.policy(QUEUE_POLICY, "PipelineDeliveryDeadLettersPolicy"))
        .containsExactlyInAnyOrder(
            DENIED.replace("Queue", "DeadLetters"),
            "Allow sqs:SendMessage on {DeadLetters.Arn} to Service=events.amazonaws.com"
                + " if ArnEquals=aws:SourceArn={Rule.Arn}");
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL", "FILTERED"})
  void newBucket_needsNoHelper(Synthesis.Kind kind) {
    assertThat(Resources.of(kind).types())
        .containsEntry("AWS::Lambda::Function", 1L)
        .doesNotContainKey("Custom::S3BucketNotifications");
  }

  @ParameterizedTest
  @EnumSource(names = {"EXISTING", "EXISTING_EVENTS"})
  void existingBucket_keepsItsNotifications(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    String id = resources.id("Custom::S3BucketNotifications", "PipelineStorageSource");
    assertThat(resources.property(id, "Managed")).isEqualTo(false);
    assertThat(resources.property(id, "BucketName")).isEqualTo("holiday-photos");
    assertThat(resources.policy("AWS::IAM::Policy", "PipelineStorageSourceNotifications"))
        .containsExactly(
            "Allow s3:GetBucketNotification, s3:PutBucketNotification on"
                + " arn:{AWS::Partition}:s3:::holiday-photos");
  }

  @Test
  void existingBucket_tellsTheQueueOrEventBridge() {
    assertThat(configuration(EXISTING))
        .contains("Filter=Key=FilterRules=[Name=suffix Value=.jpg, Name=prefix Value=photos/]")
        .contains("Events=[s3:ObjectCreated:*]", "Events=[s3:ObjectRemoved:*]")
        .contains("Events=[s3:LifecycleExpiration:*]", "Events=[s3:ObjectRestore:Completed]");
    assertThat(configuration(EXISTING_EVENTS)).isEqualTo("EventBridgeConfiguration=");
    assertThat(Resources.of(EXISTING).policy(QUEUE_POLICY, "PipelineDeliveryQueuePolicy"))
        .containsExactlyInAnyOrder(
            DENIED,
            "Allow sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on {Queue.Arn} to"
                + " Service=s3.amazonaws.com"
                + " if ArnLike=aws:SourceArn=arn:{AWS::Partition}:s3:::holiday-photos");
  }

  private static String configuration(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    return Resources.text(
        resources.property(
            resources.id("Custom::S3BucketNotifications", "PipelineStorageSource"),
            "NotificationConfiguration"));
  }
}
