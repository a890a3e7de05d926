package dev.miniatura.cdk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** A stack that contains one pipeline and outputs the names of its parts. */
public final class ThumbnailPipelineStack extends Stack {

  private final ThumbnailPipelineConstruct pipeline;

  /**
   * Creates the stack.
   *
   * @param scope the app, or a stage of it; null for none
   * @param id the stack's name
   * @param stackProps account, region and other stack properties of the CDK; null for its defaults
   * @param props the pipeline's settings
   * @throws NullPointerException if {@code id} or {@code props} is null
   */
  public ThumbnailPipelineStack(
      @Nullable Construct scope,
      String id,
      @Nullable StackProps stackProps,
      ThumbnailPipelineProps props) {
    super(scope, id, stackProps);
    pipeline = new ThumbnailPipelineConstruct(this, "Pipeline", props);
    output("SourceBucket", pipeline.source().getBucketName());
    output("DestinationBucket", pipeline.destination().getBucketName());
    output("RecordsBucket", pipeline.records().getBucketName());
    output("FunctionArn", pipeline.function().getFunctionArn());
    output("QueueArn", pipeline.queue().getQueueArn());
    output("DeadLettersArn", pipeline.deadLetters().getQueueArn());
    output("DeadLettersUrl", pipeline.deadLetters().getQueueUrl());
    output("AlarmTopicArn", pipeline.alarms().getTopicArn());
    output("BackfillRoleArn", pipeline.backfillRole().getRoleArn());
    pipeline.catalog().ifPresent(table -> output("CatalogTable", table.getTableName()));
    pipeline.httpEndpoint().ifPresent(address -> output("HttpEndpoint", address));
    pipeline.delivery().ifPresent(this::outputs);
  }

  /** Returns the pipeline. */
  public ThumbnailPipelineConstruct pipeline() {
    return pipeline;
  }

  /**
   * Returns the zones that the region reports at deployment. Looking them up would need credentials
   * at synthesis.
   */
  @Override
  public List<String> getAvailabilityZones() {
    return List.of(Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs()));
  }

  private void outputs(ThumbnailDelivery delivery) {
    output("DeliveryUrl", delivery.url());
    output("DistributionId", delivery.distribution().getDistributionId());
    delivery
        .signingKeys()
        .ifPresent(store -> output("SigningKeysArn", store.getKeyValueStoreArn()));
  }

  private void output(String name, String value) {
    CfnOutput.Builder.create(this, name).value(value).build();
  }
}
