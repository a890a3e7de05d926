package dev.miniatura.cdk;

import java.util.Optional;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * Thumbnails of whatever images come into a bucket: source bucket, queue with dead letters,
 * function, destination bucket, alarms, dashboard and the role of batch jobs; network, catalog and
 * HTTP entrance if requested.
 *
 * <pre>{@code
 * ThumbnailPipelineConstruct pipeline =
 *     new ThumbnailPipelineConstruct(
 *         this, "Thumbnails", ThumbnailPipelineProps.builder().specs("small=fit:256x256").build());
 * pipeline.destination().grantRead(website);
 * }</pre>
 */
public final class ThumbnailPipelineConstruct extends Construct {

  final ThumbnailPipelineProps props;
  final Storage storage;
  final ThumbnailFunction function;
  final Monitoring monitoring;
  final Optional<Network> network;

  private final Delivery delivery;
  private final Backfill backfill;
  private final Optional<HttpEntrance> http;
  private final Optional<ThumbnailDelivery> images;

  /**
   * Creates the pipeline.
   *
   * @param scope the stack, or a part of it
   * @param id the pipeline's name within the scope
   * @param props its settings
   * @throws IllegalArgumentException if this pipeline would conflict with another one in the stack
   * @throws NullPointerException if an argument is null
   */
  public ThumbnailPipelineConstruct(Construct scope, String id, ThumbnailPipelineProps props) {
    super(scope, id);
    this.props = props;
    // Access logs granted by access control lists, the old way, would not allow those to be
    // switched off.
    getNode().setContext("@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true);
    storage = new Storage(this, props);
    Neighbors.of(this).add(id, props, storage);
    delivery = new Delivery(this, props, storage);
    network = props.vpc ? Optional.of(new Network(this, props, storage)) : Optional.empty();
    function = new ThumbnailFunction(this, props, storage, delivery, network);
    http =
        props.http ? Optional.of(new HttpEntrance(this, props, function.alias)) : Optional.empty();
    backfill = new Backfill(this, storage, function.alias);
    monitoring = new Monitoring(this, props, delivery, function, http);
    if (props.deployment != ThumbnailPipelineProps.Deployment.ALL_AT_ONCE) {
      new Rollout(this, props.deployment, function.alias);
    }
    images = props.delivery.map(settings -> new ThumbnailDelivery(this, "Images", this, settings));
    props.tags.forEach(
        (key, value) -> {
          Tags.of(this).add(key, value);
          delivery.helper().ifPresent(helper -> Tags.of(helper).add(key, value));
        });
  }

  /** Returns the bucket that images come from. */
  public IBucket source() {
    return storage.source;
  }

  /** Returns the bucket that thumbnails go to. */
  public IBucket destination() {
    return storage.destination;
  }

  /** Returns the bucket of access logs, and of batch jobs' manifests and reports. */
  public IBucket records() {
    return storage.records;
  }

  /** Returns the catalog, if there is one. */
  public Optional<ITable> catalog() {
    return storage.catalog.map(table -> table);
  }

  /** Returns the queue of image events. */
  public IQueue queue() {
    return delivery.queue;
  }

  /** Returns the queue of messages that failed too often. */
  public IQueue deadLetters() {
    return delivery.deadLetters;
  }

  /** Returns the alias through which the function is called. */
  public IFunction function() {
    return function.alias;
  }

  /** Returns the topic that alarms go to. */
  public ITopic alarms() {
    return monitoring.topic;
  }

  /** Returns the role of batch jobs over the source bucket. */
  public IRole backfillRole() {
    return backfill.role;
  }

  /** Returns the address that images are posted to, if there is one. */
  public Optional<String> httpEndpoint() {
    return http.map(entrance -> entrance.api.getApiEndpoint());
  }

  /** Returns where thumbnails are had by URL, if they are. */
  public Optional<ThumbnailDelivery> delivery() {
    return images;
  }
}
