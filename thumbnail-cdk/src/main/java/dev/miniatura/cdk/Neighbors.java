package dev.miniatura.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * The pipelines of a stack. The helper that sets the notifications of an existing bucket treats all
 * those of its stack as its own, so pipelines with the same bucket share one helper; conflicting
 * settings of two pipelines are refused.
 */
final class Neighbors extends Construct {

  private static final String ID = "MiniaturaNeighbors";

  private record Pipeline(
      String id, ThumbnailPipelineProps props, String source, String destination, IBucket bucket) {}

  private final List<Pipeline> pipelines = new ArrayList<>();

  private Neighbors(Stack stack) {
    super(stack, ID);
  }

  static Neighbors of(Construct scope) {
    Stack stack = Stack.of(scope);
    return stack.getNode().tryFindChild(ID) instanceof Neighbors known
        ? known
        : new Neighbors(stack);
  }

  /**
   * Returns an existing bucket; the same construct for every pipeline that takes images from it.
   */
  IBucket source(Construct scope, String name) {
    String resolved = resolved(name);
    Optional<Pipeline> other =
        pipelines.stream().filter(each -> each.source().equals(resolved)).findFirst();
    other
        .filter(each -> each.props().sourceBucket.isEmpty())
        .ifPresent(
            each -> {
              throw new IllegalArgumentException(
                  "sourceBucket: it is created by the pipeline '"
                      + each.id()
                      + "', and so are its notifications; give both an existing bucket");
            });
    return other
        .map(Pipeline::bucket)
        .orElseGet(() -> Bucket.fromBucketName(scope, "Source", name));
  }

  /** Adds a pipeline, unless it conflicts with an earlier one. */
  void add(String id, ThumbnailPipelineProps props, Storage storage) {
    Pipeline next =
        new Pipeline(
            id,
            props,
            resolved(storage.source.getBucketName()),
            resolved(storage.destination.getBucketName()),
            storage.source);
    for (Pipeline other : pipelines) {
      refuseSameNotifications(next, other);
      refuseSameThumbnails(next, other);
    }
    pipelines.add(next);
  }

  private static void refuseSameNotifications(Pipeline next, Pipeline other) {
    boolean both =
        next.source().equals(other.source())
            && next.props().trigger == ThumbnailPipelineProps.Trigger.NOTIFICATION
            && other.props().trigger == ThumbnailPipelineProps.Trigger.NOTIFICATION;
    if (both
        && overlap(next.props().sourcePrefix, other.props().sourcePrefix)
        && suffixesOverlap(next.props().suffixes, other.props().suffixes)) {
      throw new IllegalArgumentException(
          "sourcePrefix: images below '"
              + next.props().sourcePrefix
              + "' are also those of the pipeline '"
              + other.id()
              + "', and S3 notifies only one queue of an image; set other prefixes or suffixes, or"
              + " the trigger event_bridge");
    }
  }

  private static void refuseSameThumbnails(Pipeline next, Pipeline other) {
    if (next.destination().equals(other.destination())
        && overlap(next.props().destinationPrefix, other.props().destinationPrefix)) {
      throw new IllegalArgumentException(
          "destinationPrefix: the pipeline '"
              + other.id()
              + "' puts its thumbnails into the same place; set prefixes neither of which begins"
              + " with the other");
    }
  }

  private static boolean overlap(String one, String other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private static boolean suffixesOverlap(List<String> some, List<String> others) {
    return some.isEmpty()
        || others.isEmpty()
        || some.stream()
            .anyMatch(
                one ->
                    others.stream().anyMatch(other -> one.endsWith(other) || other.endsWith(one)));
  }

  /** Returns a name, or the text of the token that stands for it until it is known. */
  private String resolved(String name) {
    return String.valueOf(Stack.of(this).resolve(name));
  }
}
