package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The bundle with the handler and the environment of the templates that thumbnail-cdk synthesizes;
 * the tests there keep these files up to date.
 */
@Timeout(300)
class DeployedFunctionIT {

  private static final Path TEMPLATES = Path.of("../thumbnail-cdk/src/test/resources");
  private static final Path SAMPLE = Path.of("../samples/landscape.jpg");

  private static Path code;
  private static S3Server s3;
  private static QueueServer queue;

  @BeforeAll
  static void start() throws Exception {
    code = Bundle.exploded();
    s3 = new S3Server(EventTexts.BUCKET, EventTexts.DESTINATION);
    queue = new QueueServer();
  }

  @AfterAll
  static void stop() throws Exception {
    queue.close();
    s3.close();
  }

  private static FunctionProcess start(String template, Map<String, String> servers)
      throws Exception {
    DeployedFunction deployed =
        DeployedFunction.of(
            TEMPLATES.resolve(template),
            ThumbnailHandler.class.getName(),
            Map.of(
                "PipelineStorageSource",
                EventTexts.BUCKET,
                "PipelineStorageDestination",
                EventTexts.DESTINATION,
                "PipelineStorageCatalog",
                DynamoServer.TABLE,
                "AWS::AccountId",
                "123456789012"));
    Map<String, String> environment = new HashMap<>(deployed.environment());
    environment.put("MINIATURA_ENDPOINT", s3.endpoint().toString());
    environment.putAll(servers);
    return new FunctionProcess(code, deployed.handler(), environment, List.of()).ready();
  }

  /** Uploads the sample, and takes its notification to the function through the queue. */
  private static void deliver(FunctionProcess function, String key) throws Exception {
    String etag = s3.put(EventTexts.BUCKET, key, Files.readAllBytes(SAMPLE));
    queue.send(EventTexts.records(EventTexts.s3Record("ObjectCreated:Put", key, etag, "01")));
    List<Message> messages = queue.receive(1);
    assertThat(queue.settle(messages, function.invoke(QueueServer.event(messages)))).isZero();
  }

  @Test
  void defaultTemplate_photo_hasItsThumbnails() throws Exception {
    try (FunctionProcess function = start("default-template.json", Map.of())) {
      deliver(function, "holiday/été 1.jpg");
    }
    assertThat(s3.keys(EventTexts.DESTINATION, "holiday/"))
        .containsExactly("holiday/été 1.jpg.large.jpg", "holiday/été 1.jpg.small.jpg");
  }

  @Test
  void everythingSwitchedOn_photo_hasItsThumbnailsAndIsInTheCatalog() throws Exception {
    try (DynamoServer catalog = new DynamoServer();
        FunctionProcess function =
            start(
                "full-function.json",
                Map.of("AWS_ENDPOINT_URL_DYNAMODB", catalog.endpoint().toString()))) {
      deliver(function, "photos/a.jpg");
      String outside = function.invoke(EventTexts.direct("elsewhere/b.jpg"));
      assertThat(s3.keys(EventTexts.DESTINATION, "thumbs/"))
          .containsExactly("thumbs/a.jpg.large.jpg", "thumbs/a.jpg.small.jpg");
      assertThat(catalog.items())
          .hasSize(2)
          .allSatisfy(i -> assertThat(i).containsKey("expiresAt"));
      assertThat(json(outside).get("outcome").text()).isEqualTo("skipped");
    }
  }

  private static Json json(String text) throws Exception {
    return Json.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
