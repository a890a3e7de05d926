package dev.miniatura.lambda;

import dev.miniatura.Limits;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes changes through the pipeline, several at a time, within the invocation's time.
 *
 * <p>The pipeline relies on the state of the source at that moment, not on what an event says. So a
 * late, duplicate or out-of-order event makes the thumbnails of the object as it is now, or finds
 * them already made. Of several changes to one object, only the kind of the last one matters.
 */
final class Processor {

  /** The part of the invocation's time that is reserved for writing the answer. */
  private static final Duration RESERVE = Duration.ofSeconds(2);

  /** How long interrupted work may take to end. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private final Configuration configuration;
  private final ThumbnailPipeline pipeline;

  /**
   * Builds the pipeline.
   *
   * @throws ConfigurationException if it cannot be built
   */
  Processor(Configuration configuration, Stores stores) {
    this.configuration = configuration;
    pipeline = configuration.pipeline(stores);
  }

  private record ObjectName(String bucket, String key) {
    static ObjectName of(Change change) {
      return new ObjectName(change.bucket(), change.key());
    }
  }

  /**
   * Processes changes.
   *
   * @param time the time left for the invocation
   * @return the result of each change; changes to the same object share its outcome
   */
  List<Result> process(List<Change> changes, Duration time) throws InterruptedException {
    Duration reserve = min(RESERVE, time.dividedBy(4));
    long deadline = System.nanoTime() + time.minus(reserve).toNanos();
    Map<ObjectName, Change> latest = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change.kind() != Change.Kind.OTHER) {
        latest.merge(
            ObjectName.of(change), change, (old, next) -> next.supersedes(old) ? next : old);
      }
    }
    Map<ObjectName, Result> results = run(latest, deadline);
    return changes.stream()
        .map(
            change ->
                Optional.ofNullable(results.get(ObjectName.of(change)))
                    .filter(result -> change.kind() != Change.Kind.OTHER)
                    .orElseGet(() -> Result.ignored(change)))
        .toList();
  }

  private Map<ObjectName, Result> run(Map<ObjectName, Change> changes, long deadline)
      throws InterruptedException {
    Map<ObjectName, Result> results = new LinkedHashMap<>();
    if (changes.isEmpty()) {
      return results;
    }
    int size = Math.min(configuration.parallelism(), changes.size());
    ExecutorService threads = Executors.newFixedThreadPool(size, Processor::thread);
    Map<ObjectName, Future<Result>> running = new LinkedHashMap<>();
    try {
      changes.forEach(
          (name, change) -> running.put(name, threads.submit(() -> process(change, deadline))));
      threads.shutdown();
      if (!threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
      for (Map.Entry<ObjectName, Future<Result>> each : running.entrySet()) {
        Change change = changes.get(each.getKey());
        if (change != null) {
          results.put(each.getKey(), resultOf(each.getValue(), change));
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return results;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "miniatura");
    thread.setDaemon(true);
    return thread;
  }

  private static Result resultOf(Future<Result> future, Change change) throws InterruptedException {
    try {
      return future.get(0, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Result.unfinished(change);
    } catch (ExecutionException e) {
      return Result.failed(change, String.valueOf(e.getCause()));
    }
  }

  private Result process(Change change, long deadline) {
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      return Result.unfinished(change);
    }
    if (!change.bucket().equals(configuration.source().bucket())) {
      return Result.failed(change, "the bucket is not the one of " + Variable.SOURCE.variable());
    }
    Limits limits = configuration.limits();
    Limits own = limits.withTime(min(limits.time(), left));
    Outcome outcome = process(pipeline.withThumbnailer(Thumbnailer.create(own)), change);
    boolean cutShort =
        outcome instanceof Outcome.Refused refused
            && refused.cause().limit() == Limits.Kind.TIME
            && left.compareTo(limits.time()) < 0;
    return cutShort ? Result.unfinished(change) : Result.of(change, outcome);
  }

  private static Outcome process(ThumbnailPipeline pipeline, Change change) {
    if (change.kind() == Change.Kind.REMOVED) {
      return pipeline.remove(change.key());
    }
    if (change.entityTag().isEmpty()) {
      return pipeline.process(change.key());
    }
    String tag = change.entityTag().get();
    return change.size().isEmpty()
        ? pipeline.process(change.key(), tag)
        : pipeline.process(
            new Entry(
                change.key(), change.size().getAsLong(), tag, Instant.now(), Attributes.none()));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
