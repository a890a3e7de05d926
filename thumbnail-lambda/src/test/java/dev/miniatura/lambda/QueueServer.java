package dev.miniatura.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An SQS server in memory, on the loopback interface, with one queue and its dead letters; and
 * Lambda's work between a queue and a function.
 */
final class QueueServer implements AutoCloseable {

  private static final int MAX_PER_CALL = 10;
  private static final int MAX_DELIVERIES = 3;

  private final SQSRestServer server;
  private final SqsClient client;
  private final String queue;
  private final String deadLetters;

  QueueServer() {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = server.waitUntilStarted().localAddress().getPort();
    client =
        SqsClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
            .build();
    deadLetters = client.createQueue(request -> request.queueName("dead")).queueUrl();
    String policy =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
            .formatted(arn(deadLetters), MAX_DELIVERIES);
    queue =
        client
            .createQueue(
                request ->
                    request
                        .queueName("events")
                        .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
            .queueUrl();
  }

  private String arn(String url) {
    return Objects.requireNonNull(
        client
            .getQueueAttributes(
                request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN));
  }

  /** Returns how many dead letters there are. */
  int deadLetters() {
    return Integer.parseInt(
        client
            .getQueueAttributes(
                request ->
                    request
                        .queueUrl(deadLetters)
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
  }

  /** Moves the dead letters back to the queue they came from. */
  void redrive() {
    String source = arn(deadLetters);
    client.startMessageMoveTask(request -> request.sourceArn(source));
  }

  void send(String body) {
    client.sendMessage(request -> request.queueUrl(queue).messageBody(body));
  }

  /** Receives messages from the queue, at most a given number; they stay hidden in it. */
  List<Message> receive(int most) {
    List<Message> received = new ArrayList<>();
    List<Message> some;
    do {
      int count = Math.min(MAX_PER_CALL, most - received.size());
      some =
          count == 0
              ? List.of()
              : client
                  .receiveMessage(
                      request ->
                          request
                              .queueUrl(queue)
                              .maxNumberOfMessages(count)
                              .messageSystemAttributeNames(
                                  MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                  .messages();
      received.addAll(some);
    } while (!some.isEmpty());
    return received;
  }

  /** Returns the event that Lambda makes from messages. */
  static String event(List<Message> messages) {
    return EventTexts.records(
        messages.stream()
            .map(
                message ->
                    """
                    {"messageId":"%s","receiptHandle":%s,"body":%s,
                     "attributes":{"ApproximateReceiveCount":"%s"},"messageAttributes":{},
                     "md5OfBody":"%s","eventSource":"aws:sqs","awsRegion":"us-east-1",
                     "eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:events"}
                    """
                        .formatted(
                            message.messageId(),
                            EventTexts.quoted(message.receiptHandle()),
                            EventTexts.quoted(message.body()),
                            message.attributesAsStrings().get("ApproximateReceiveCount"),
                            message.md5OfBody().toLowerCase(Locale.ROOT)))
            .toArray(String[]::new));
  }

  /**
   * Deletes messages that a function did not report as failed, and makes the rest visible again.
   *
   * @param answer the function's answer
   * @return how many messages will be redelivered
   */
  int settle(List<Message> messages, String answer) throws IOException {
    Set<String> failed = failedIds(answer);
    for (Message message : messages) {
      String handle = message.receiptHandle();
      if (failed.contains(message.messageId())) {
        client.changeMessageVisibility(
            request -> request.queueUrl(queue).receiptHandle(handle).visibilityTimeout(0));
      } else {
        client.deleteMessage(request -> request.queueUrl(queue).receiptHandle(handle));
      }
    }
    return failed.size();
  }

  private static Set<String> failedIds(String answer) throws IOException {
    Json json = Json.read(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
    List<String> ids = new ArrayList<>();
    for (Json failure : json.get("batchItemFailures").items()) {
      ids.add(failure.get("itemIdentifier").text());
    }
    return ids.stream().collect(Collectors.toSet());
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
