package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.lambda.DeniedHttpClient.Denial;
import dev.miniatura.s3.S3ImageStore;
import dev.miniatura.storage.ImageStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The whole path while something in the environment is broken: queue, function, dead letters, and
 * back by a redrive after the repair. No image may be lost on the way.
 */
@Timeout(300)
class RedriveTest {

  private static final int IMAGES = 8;
  private static final String KMS =
      "User: arn:aws:sts::111122223333:assumed-role/thumbs/f is not authorized to perform: "
          + "kms:GenerateDataKey";

  private static S3Server s3;
  private static QueueServer queue;
  private static DeniedHttpClient http;
  private static S3Client client;
  private static byte[] image;
  private static int buckets;

  private String thumbs = "";
  private HandlerFixture function = new HandlerFixture();

  @BeforeAll
  static void start() throws Exception {
    s3 = new S3Server("photos");
    queue = new QueueServer();
    http = new DeniedHttpClient();
    client = s3.clientBuilder().httpClientBuilder(defaults -> http).build();
    image =
        Thumbnailer.create()
            .render(
                ImageSource.of(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB)),
                ThumbnailSpec.fit(64, 64).format(OutputFormat.JPEG))
            .bytes();
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    queue.close();
    s3.close();
  }

  @AfterEach
  void allow() {
    http.allow();
  }

  private void begin(boolean withDestination) {
    thumbs = "thumbs-" + buckets++;
    if (withDestination) {
      s3.create(thumbs);
    }
    ImageStore photos = S3ImageStore.builder(client, "photos").build();
    function =
        new HandlerFixture(photos, S3ImageStore.builder(client, thumbs).build(), Optional.empty());
    IntStream.range(0, IMAGES)
        .mapToObj(i -> "%02d.jpg".formatted(i))
        .forEach(
            key -> {
              s3.put("photos", key, image);
              queue.send(EventTexts.s3("ObjectCreated:Put", key));
            });
  }

  /** Takes messages to the function until none is left in the queue. */
  private void pump() throws IOException {
    List<Message> messages = queue.receive(IMAGES);
    while (!messages.isEmpty()) {
      queue.settle(messages, function.invoke(QueueServer.event(messages)));
      messages = queue.receive(IMAGES);
    }
  }

  private void redrive() throws Exception {
    queue.redrive();
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (queue.deadLetters() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    pump();
  }

  static Stream<Arguments> denials() {
    return Stream.of(
        Arguments.of(
            "source denied",
            Denial.of(SdkHttpMethod.GET, "photos", 403, "AccessDenied", "no"),
            "no"),
        Arguments.of("source denied", Denial.of(SdkHttpMethod.HEAD, "photos", 403, "", ""), "403"),
        Arguments.of("HEAD without a body", Denial.of(SdkHttpMethod.HEAD, "", 400, "", ""), "400"),
        Arguments.of(
            "PUT", Denial.of(SdkHttpMethod.PUT, "", 403, "AccessDenied", "by me"), "by me"),
        Arguments.of("KMS", Denial.of(SdkHttpMethod.PUT, "", 403, "AccessDenied", KMS), KMS),
        Arguments.of(
            "KMS key disabled",
            Denial.of(SdkHttpMethod.PUT, "", 400, "KMS.DisabledException", "key/1 is disabled"),
            "key/1 is disabled"),
        Arguments.of(
            "expired token",
            new Denial(request -> true, 400, "ExpiredToken", "The provided token has expired."),
            "400"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("denials")
  void queue_deniedForAWhile_losesNoImage(String what, Denial denial, String said)
      throws Exception {
    begin(true);
    http.deny(denial);
    pump();
    assertThat(s3.keys(thumbs, "")).isEmpty();
    assertThat(queue.deadLetters()).isEqualTo(IMAGES);
    assertThat(function.logLines())
        .anyMatch(line -> line.contains("\"key\":\"00.jpg\"") && line.contains(said));
    http.allow();
    redrive();
    assertThat(s3.keys(thumbs, "")).hasSize(2 * IMAGES);
    assertThat(queue.deadLetters()).isZero();
  }

  @Test
  void queue_destinationMissingForAWhile_losesNoImage() throws Exception {
    begin(false);
    pump();
    assertThat(queue.deadLetters()).isEqualTo(IMAGES);
    assertThat(function.logLines()).anyMatch(line -> line.contains("NoSuchBucket"));
    s3.create(thumbs);
    redrive();
    assertThat(s3.keys(thumbs, "")).hasSize(2 * IMAGES);
  }

  @Test
  void queue_badImages_areNoDeadLetters() throws Exception {
    begin(true);
    s3.put("photos", "00.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0});
    s3.put("photos", "01.jpg", new byte[] {1, 2, 3});
    s3.delete("photos", "02.jpg");
    pump();
    assertThat(queue.deadLetters()).isZero();
    assertThat(s3.keys(thumbs, "")).hasSize(2 * (IMAGES - 3));
    assertThat(function.logLines())
        .anyMatch(line -> line.contains("\"key\":\"02.jpg\"") && line.contains("source_gone"));
  }
}
