package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miniatura.cdk.ThumbnailPipelineProps.Trigger;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** Two pipelines in one stack. */
class NeighborsTest {

  private final Stack stack = new Stack(new App(), "Website");

  private ThumbnailPipelineConstruct pipeline(
      String id, UnaryOperator<ThumbnailPipelineProps.Builder> settings) {
    return new ThumbnailPipelineConstruct(stack, id, settings.apply(Synthesis.settings()).build());
  }

  @Test
  void oneBucket_hasOneHelperThatSetsTheNotificationsOfBoth() {
    pipeline("A", it -> it.sourceBucket("photos").sourcePrefix("a/"));
    pipeline("B", it -> it.sourceBucket("photos").sourcePrefix("b/"));
    Template template = Template.fromStack(stack);
    Map<String, Map<String, Object>> notifications =
        template.findResources("Custom::S3BucketNotifications");
    assertThat(notifications).hasSize(1);
    assertThat(notifications.values().toString())
        .contains("Value=a/", "Value=b/", "ADeliveryQueue", "BDeliveryQueue");
    template.resourceCountIs("AWS::Logs::QueryDefinition", 10);
  }

  @Test
  void oneBucket_byEventBridge_tellsBoth() {
    pipeline("A", it -> it.sourceBucket("photos").trigger(Trigger.EVENT_BRIDGE));
    pipeline("B", it -> it.sourceBucket("photos").trigger(Trigger.EVENT_BRIDGE));
    Template template = Template.fromStack(stack);
    template.resourceCountIs("Custom::S3BucketNotifications", 1);
    template.resourceCountIs("AWS::Events::Rule", 2);
  }

  @Test
  void bucketThatIsThereAlready_withoutAFilter_isTaken() {
    pipeline("A", it -> it.sourceBucket("photos"));
    assertThat(
            Template.fromStack(stack)
                .findResources("Custom::S3BucketNotifications")
                .values()
                .toString())
        .contains("s3:ObjectCreated:*")
        .doesNotContain("FilterRules");
  }

  static Stream<Arguments> conflicts() {
    return Stream.of(
        conflict(it -> it, it -> it, "sourcePrefix: images below ''"),
        conflict(it -> it.sourcePrefix("a/"), it -> it.sourcePrefix("a/b/"), "sourcePrefix: "),
        conflict(
            it -> it.suffixes(List.of(".jpg", ".png")),
            it -> it.suffixes(List.of("x.png")),
            "sourcePrefix: "),
        conflict(
            it -> it.sourcePrefix("a/").destinationBucket("thumbs"),
            it -> it.sourcePrefix("b/").destinationBucket("thumbs"),
            "destinationPrefix: the pipeline 'A'"),
        conflict(
            it -> it.sourcePrefix("a/").destinationBucket("thumbs").destinationPrefix("t/"),
            it -> it.sourcePrefix("b/").destinationBucket("thumbs").destinationPrefix("t/b/"),
            "destinationPrefix: "));
  }

  private static Arguments conflict(
      UnaryOperator<ThumbnailPipelineProps.Builder> first,
      UnaryOperator<ThumbnailPipelineProps.Builder> second,
      String message) {
    return Arguments.of(first, second, message);
  }

  @ParameterizedTest
  @MethodSource("conflicts")
  void pipelinesInEachOthersWay_areRefused(
      UnaryOperator<ThumbnailPipelineProps.Builder> first,
      UnaryOperator<ThumbnailPipelineProps.Builder> second,
      String message) {
    pipeline("A", it -> first.apply(it.sourceBucket("photos")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pipeline("B", it -> second.apply(it.sourceBucket("photos"))))
        .withMessageContaining(message);
  }

  @Test
  void newBucketOfAnotherPipeline_isRefused() {
    ThumbnailPipelineConstruct first = pipeline("A", it -> it);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                pipeline(
                    "B", it -> it.sourceBucket(first.source().getBucketName()).sourcePrefix("b/")))
        .withMessageContaining("sourceBucket: it is created by the pipeline 'A'");
  }

  @Test
  void otherBuckets_areNoNeighbors() {
    pipeline("A", it -> it);
    pipeline("B", it -> it);
    pipeline("C", it -> it.sourceBucket("photos"));
    pipeline("D", it -> it.sourceBucket("scans"));
    Template.fromStack(stack).resourceCountIs("Custom::S3BucketNotifications", 2);
  }
}
