package dev.miniatura.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.EventType;
import software.amazon.awscdk.services.s3.NotificationKeyFilter;
import software.amazon.awscdk.services.s3.notifications.SqsDestination;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** How the function is notified of images: by the bucket, through a queue. */
final class Delivery extends Construct {

  /**
   * The visibility timeout as a multiple of the function's timeout, as AWS recommends for Lambda.
   */
  private static final int VISIBILITY = 6;

  private static final int DEAD_LETTER_DAYS = 14;
  private static final int MESSAGE_DAYS = 4;

  private static final String HELPER = "BucketNotificationsHandler050a0587b7544547bf325f094a3db834";

  final Queue queue;
  final Queue deadLetters;

  Delivery(Construct scope, ThumbnailPipelineProps props, Storage storage) {
    super(scope, "Delivery");
    deadLetters =
        Queue.Builder.create(this, "DeadLetters")
            .retentionPeriod(Duration.days(DEAD_LETTER_DAYS))
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .build();
    queue =
        Queue.Builder.create(this, "Queue")
            .visibilityTimeout(
                Duration.seconds(
                    VISIBILITY * props.timeout.toSeconds() + props.batchWindow.toSeconds()))
            .retentionPeriod(Duration.days(MESSAGE_DAYS))
            .deadLetterQueue(
                DeadLetterQueue.builder()
                    .queue(deadLetters)
                    .maxReceiveCount(props.maxReceiveCount)
                    .build())
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .build();
    if (props.trigger == ThumbnailPipelineProps.Trigger.EVENT_BRIDGE) {
      eventBridge(props, storage);
    } else {
      notification(props, storage);
    }
  }

  /**
   * A new bucket's notifications are part of the bucket. An existing bucket may have others, which
   * are known only from its current settings: there the CDK's helper function adds ours.
   */
  private void notification(ThumbnailPipelineProps props, Storage storage) {
    if (props.sourceBucket.isPresent()) {
      for (NotificationKeyFilter filter : filters(props)) {
        for (EventType type :
            List.of(
                EventType.OBJECT_CREATED,
                EventType.OBJECT_REMOVED,
                EventType.LIFECYCLE_EXPIRATION,
                EventType.OBJECT_RESTORE_COMPLETED)) {
          storage.source.addEventNotification(type, new SqsDestination(queue), filled(filter));
        }
      }
      explainHelper();
      return;
    }
    queue.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .effect(Effect.ALLOW)
            .principals(List.of(new ServicePrincipal("s3.amazonaws.com")))
            .actions(List.of("sqs:SendMessage"))
            .resources(List.of(queue.getQueueArn()))
            // Without the bucket's name: bucket and queue policy would each have to exist first.
            .conditions(
                new TreeMap<>(
                    Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Aws.ACCOUNT_ID),
                        "ArnLike",
                        Map.of("aws:SourceArn", "arn:" + Aws.PARTITION + ":s3:::*"))))
            .build());
    List<Object> queues = new ArrayList<>();
    for (NotificationKeyFilter filter : filters(props)) {
      for (String event :
          List.of(
              "s3:ObjectCreated:*",
              "s3:ObjectRemoved:*",
              "s3:LifecycleExpiration:*",
              "s3:ObjectRestore:Completed")) {
        queues.add(queueConfiguration(event, filter));
      }
    }
    CfnBucket bucket = resource(storage);
    bucket.setNotificationConfiguration(
        CfnBucket.NotificationConfigurationProperty.builder().queueConfigurations(queues).build());
    bucket.getNode().addDependency(queue.getNode().findChild("Policy"));
  }

  private CfnBucket.QueueConfigurationProperty queueConfiguration(
      String event, NotificationKeyFilter filter) {
    List<Object> rules = new ArrayList<>();
    if (filter.getPrefix() != null) {
      rules.add(rule("prefix", filter.getPrefix()));
    }
    if (filter.getSuffix() != null) {
      rules.add(rule("suffix", filter.getSuffix()));
    }
    var configuration =
        CfnBucket.QueueConfigurationProperty.builder().event(event).queue(queue.getQueueArn());
    if (!rules.isEmpty()) {
      configuration.filter(
          CfnBucket.NotificationFilterProperty.builder()
              .s3Key(CfnBucket.S3KeyFilterProperty.builder().rules(rules).build())
              .build());
    }
    return configuration.build();
  }

  private static CfnBucket.FilterRuleProperty rule(String name, String value) {
    return CfnBucket.FilterRuleProperty.builder().name(name).value(value).build();
  }

  private static List<NotificationKeyFilter> filters(ThumbnailPipelineProps props) {
    if (props.suffixes.isEmpty()) {
      return List.of(filter(props).build());
    }
    return props.suffixes.stream().map(suffix -> filter(props).suffix(suffix).build()).toList();
  }

  /** Returns no filter in place of one that lets everything pass, which the CDK refuses. */
  private static NotificationKeyFilter[] filled(NotificationKeyFilter filter) {
    return filter.getPrefix() == null && filter.getSuffix() == null
        ? new NotificationKeyFilter[0]
        : new NotificationKeyFilter[] {filter};
  }

  private static NotificationKeyFilter.Builder filter(ThumbnailPipelineProps props) {
    NotificationKeyFilter.Builder filter = NotificationKeyFilter.builder();
    return props.sourcePrefix.isEmpty() ? filter : filter.prefix(props.sourcePrefix);
  }

  private static CfnBucket resource(Storage storage) {
    return (CfnBucket) storage.source.getNode().getDefaultChild();
  }

  private void eventBridge(ThumbnailPipelineProps props, Storage storage) {
    if (props.sourceBucket.isPresent()) {
      storage.source.enableEventBridgeNotification();
      explainHelper();
    } else {
      resource(storage)
          .setNotificationConfiguration(
              CfnBucket.NotificationConfigurationProperty.builder()
                  .eventBridgeConfiguration(
                      CfnBucket.EventBridgeConfigurationProperty.builder()
                          .eventBridgeEnabled(true)
                          .build())
                  .build());
    }
    Rule.Builder.create(this, "Rule")
        .description("Images of the source bucket that are new, replaced or deleted")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.s3"))
                .detailType(List.of("Object Created", "Object Deleted", "Object Restore Completed"))
                .detail(detail(props, storage))
                .build())
        .targets(List.of(SqsQueue.Builder.create(queue).deadLetterQueue(deadLetters).build()))
        .build();
  }

  private static Map<String, Object> detail(ThumbnailPipelineProps props, Storage storage) {
    Map<String, Object> bucket = Map.of("name", List.of(storage.source.getBucketName()));
    String prefix = props.sourcePrefix;
    List<Map<String, String>> keys =
        props.suffixes.isEmpty()
            ? List.of(Map.of("prefix", prefix))
            : props.suffixes.stream()
                .map(
                    suffix ->
                        prefix.isEmpty()
                            ? Map.of("suffix", suffix)
                            : Map.of("wildcard", prefix + "*" + suffix))
                .toList();
    return prefix.isEmpty() && props.suffixes.isEmpty()
        ? Map.of("bucket", bucket)
        : new TreeMap<>(Map.of("bucket", bucket, "object", Map.of("key", keys)));
  }

  /** Returns the helper, which belongs to the stack, not to this construct. */
  Optional<IConstruct> helper() {
    return Optional.ofNullable(Stack.of(this).getNode().tryFindChild(HELPER));
  }

  private void explainHelper() {
    helper()
        .ifPresent(
            helper ->
                Nag.accept(
                    helper,
                    "IAM4",
                    "The CDK's helper that adds a notification to an existing bucket"
                        + " logs by the managed policy; it may change only that bucket's"
                        + " notifications."));
  }
}
