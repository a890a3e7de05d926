package dev.miniatura.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.miniatura.Thumbnail;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.crac.Core;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The function: {@code dev.miniatura.lambda.ThumbnailHandler}. It is configured by the environment
 * variables of {@link Variable} and takes the events of {@link Envelopes}.
 *
 * <p>Work that may succeed later is reported so that it is retried: a queue gets the messages' ids,
 * a batch job a temporary failure, and if a service retries whole events, the invocation fails. It
 * also fails for a message that is not an event, which belongs among the dead letters and must not
 * be dropped. An image that cannot succeed is logged and not retried.
 *
 * <p>A queue's message about a removal is always processed twice. Work in progress on the object at
 * the time of its removal may write thumbnails after the removal is processed; when the message is
 * redelivered, one visibility timeout later, that work has ended.
 */
public final class ThumbnailHandler implements RequestStreamHandler {

  private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(5);

  private final Processor processor;
  private final Uploads uploads;
  private final Optional<DirectUploads> directUploads;
  private final Optional<OutcomeEvents> events;
  private final Journal journal;

  /** A strong reference: the runtime's registry of hooks does not keep them alive. */
  private final Priming priming;

  /**
   * Creates the function from the environment; its log is the standard output.
   *
   * @throws IllegalArgumentException if a variable is missing or wrong; the message is one line
   *     that names it
   */
  public ThumbnailHandler() {
    this(System.getenv(), System.out);
  }

  /**
   * Creates the function.
   *
   * @param environment the environment variables
   * @param log takes a line of JSON for each object, and one of metrics for each invocation
   * @throws IllegalArgumentException if a variable is missing or wrong; the message is one line
   *     that names it
   * @throws NullPointerException if an argument is null
   */
  public ThumbnailHandler(Map<String, String> environment, PrintStream log) {
    this(environment, log, Configuration.of(environment));
  }

  private ThumbnailHandler(
      Map<String, String> environment, PrintStream log, Configuration configuration) {
    this(environment, log, configuration, Stores.of(configuration));
  }

  ThumbnailHandler(
      Map<String, String> environment,
      PrintStream log,
      Configuration configuration,
      Stores stores) {
    this(environment, log, configuration, stores, DefaultCredentialsProvider.builder().build());
  }

  ThumbnailHandler(
      Map<String, String> environment,
      PrintStream log,
      Configuration configuration,
      Stores stores,
      AwsCredentialsProvider credentials) {
    processor = new Processor(configuration, stores);
    uploads = new Uploads(configuration, stores.source());
    String region = environment.getOrDefault("AWS_REGION", "us-east-1");
    directUploads =
        configuration
            .uploads()
            .map(
                settings ->
                    new DirectUploads(
                        configuration, settings, stores, credentials, region, Clock.systemUTC()));
    events =
        configuration
            .eventBus()
            .map(
                bus ->
                    new OutcomeEvents(
                        UrlConnectionHttpClient.builder()
                            .connectionTimeout(EVENT_TIMEOUT)
                            .socketTimeout(EVENT_TIMEOUT)
                            .build(),
                        URI.create(
                            environment.getOrDefault(
                                "AWS_ENDPOINT_URL_EVENTBRIDGE",
                                "https://events." + region + ".amazonaws.com")),
                        bus,
                        region,
                        credentials));
    journal = new Journal(log, environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "miniatura"));
    priming = new Priming(configuration, stores);
    Core.getGlobalContext().register(priming);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(context, System.nanoTime());
    Request request = Envelopes.recognize(Json.read(event));
    if (request instanceof Request.Notification notification) {
      List<Result> results = process(notification.changes(), invocation);
      throwIfRetryable(results);
      Answers.results(answer, results);
    } else if (request instanceof Request.Queue queue) {
      answer(queue, answer, invocation);
    } else if (request instanceof Request.BatchJob job) {
      List<Change> changes = job.tasks().stream().map(Request.Task::change).toList();
      Answers.batchJob(answer, job, process(changes, invocation));
    } else if (request instanceof Request.Direct direct) {
      Answers.direct(answer, process(List.of(direct.change()), invocation).get(0));
    } else if (request instanceof Request.Http http) {
      answer(http, new HttpAnswers(answer, http), invocation);
    }
  }

  private record Invocation(Context context, long start) {

    String id() {
      return String.valueOf(context.getAwsRequestId());
    }

    Duration time() {
      return Duration.ofMillis(context.getRemainingTimeInMillis());
    }

    long millis() {
      return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
  }

  private List<Result> process(List<Change> changes, Invocation invocation) throws IOException {
    return process(changes, 0, Set.of(), invocation);
  }

  /**
   * Processes changes, and tells of them.
   *
   * @param again those that come again, of which an earlier invocation may have told nobody
   */
  private List<Result> process(
      List<Change> changes, long notUnderstood, Set<Change> again, Invocation invocation)
      throws IOException {
    List<Result> results;
    try {
      results = told(processor.process(changes, invocation.time()), again);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the invocation was interrupted");
    }
    for (Result result : results) {
      journal.item(invocation.id(), result);
    }
    journal.metrics(results, notUnderstood, invocation.millis());
    return results;
  }

  /** Sends the events of results; without them, the results come again. */
  private List<Result> told(List<Result> results, Set<Change> again) {
    if (events.isEmpty()) {
      return results;
    }
    List<Result> own =
        results.stream()
            .filter(
                it ->
                    OutcomeEvents.isTold(it)
                        || (OutcomeEvents.isUnchanged(it) && again.contains(it.change())))
            .toList();
    try {
      events.get().send(own);
      return results;
    } catch (IOException | SdkException e) {
      return results.stream()
          .map(it -> own.contains(it) ? it.untold("no event could be sent: " + e.getMessage()) : it)
          .toList();
    }
  }

  private static void throwIfRetryable(List<Result> results) throws RetryException {
    List<Result> again = results.stream().filter(Result::retryable).toList();
    if (!again.isEmpty()) {
      throw new RetryException(
          again.size()
              + " of "
              + results.size()
              + " objects must be retried, the first for "
              + again.get(0).detail());
    }
  }

  private void answer(Request.Queue queue, OutputStream answer, Invocation invocation)
      throws IOException {
    List<Change> changes =
        queue.messages().stream().flatMap(message -> message.changes().stream()).toList();
    long notUnderstood =
        queue.messages().stream().filter(message -> message.refused().isPresent()).count();
    Set<Change> again =
        queue.messages().stream()
            .filter(message -> !message.first())
            .flatMap(message -> message.changes().stream())
            .collect(Collectors.toSet());
    List<Result> results = process(changes, notUnderstood, again, invocation);
    List<String> failed = new ArrayList<>();
    int next = 0;
    for (Request.Message message : queue.messages()) {
      int end = next + message.changes().size();
      List<Result> own = results.subList(next, end);
      next = end;
      if (message.refused().isPresent()) {
        journal.refused(invocation.id(), message.id(), message.refused().get());
        failed.add(message.id());
      } else if (own.stream().anyMatch(Result::retryable)
          || (message.first()
              && message.changes().stream().anyMatch(it -> it.kind() == Change.Kind.REMOVED))) {
        failed.add(message.id());
      }
    }
    Answers.queue(answer, failed);
  }

  private boolean mayUpload(Optional<String> caller, HttpAnswers answers) throws IOException {
    if (directUploads.isEmpty()) {
      answers.text(404, "error", "there are no uploads by a form here");
    } else if (caller.isEmpty()) {
      answers.text(403, "error", "nobody says who the caller is");
    }
    return directUploads.isPresent() && caller.isPresent();
  }

  private void render(Request.Render request, HttpAnswers answers) throws IOException {
    try {
      Thumbnail thumbnail = uploads.render(request);
      if (thumbnail.bytes().length > DeliveryHandler.MAX_BYTES) {
        answers.text(413, "error", "the thumbnail has more bytes than can be sent back");
      } else {
        answers.picture(thumbnail);
      }
    } catch (Uploads.RefusedException e) {
      answers.text(e.status(), "error", String.valueOf(e.getMessage()));
    }
  }

  private void answer(Request.Http request, HttpAnswers answers, Invocation invocation)
      throws IOException {
    if (request instanceof Request.Upload upload) {
      try {
        uploads.store(upload);
      } catch (Uploads.RefusedException e) {
        journal.upload(invocation.id(), uploads.change(upload), e);
        answers.text(e.status(), "error", String.valueOf(e.getMessage()));
        return;
      }
      answers.result(process(List.of(uploads.change(upload)), invocation).get(0));
    } else if (request instanceof Request.Render render) {
      render(render, answers);
    } else if (request instanceof Request.NewUpload wish) {
      if (mayUpload(wish.caller(), answers)) {
        directUploads.orElseThrow().form(wish, answers);
      }
    } else if (request instanceof Request.UploadStatus question) {
      if (mayUpload(question.caller(), answers)) {
        directUploads.orElseThrow().status(question, answers);
      }
    } else if (request instanceof Request.BadHttp bad) {
      answers.text(bad.status(), "error", bad.reason());
    } else {
      answers.text(200, "status", "ok");
    }
  }
}
