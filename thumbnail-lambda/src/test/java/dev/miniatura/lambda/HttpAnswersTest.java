package dev.miniatura.lambda;

import static dev.miniatura.lambda.DynamoDbThumbnailCatalogTest.TIMING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The sender of an image is told about the image, and nothing else. */
class HttpAnswersTest {

  private static final Change CHANGE =
      new Change(
          Change.Kind.CREATED,
          "photos",
          "a.jpg",
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty());

  private static Outcome failed(Outcome.Failure failure, Exception cause) {
    return new Outcome.Failed("a.jpg", failure, cause, TIMING);
  }

  private static String answer(Outcome outcome) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new HttpAnswers(out, new Request.Health(false)).result(Result.of(CHANGE, outcome));
    Json answer = Json.read(new ByteArrayInputStream(out.toByteArray()));
    return answer.get("statusCode").anyLength().orElseThrow() + " " + answer.get("body").text();
  }

  @Test
  void result_ofTheImage_saysWhy() throws IOException {
    assertThat(
            answer(
                failed(
                    Outcome.Failure.MALFORMED, new MalformedImageException("JPEG", 2, "no start"))))
        .startsWith("422 {\"key\":\"a.jpg\",\"outcome\":\"failed\",\"retryable\":false,\"detail\":")
        .contains("no start");
    assertThat(
            answer(
                new Outcome.Refused(
                    "a.jpg", new LimitExceededException(Limits.Kind.PIXELS, 10, 11), TIMING)))
        .startsWith(
            "413 {\"key\":\"a.jpg\",\"outcome\":\"refused\",\"retryable\":false,\"detail\":")
        .contains("11");
  }

  @Test
  void result_ofTheStore_saysThatTheImageIsStored() throws IOException {
    assertThat(
            answer(
                failed(Outcome.Failure.NETWORK, new StoreException(Kind.NETWORK, "s3://photos/"))))
        .isEqualTo(
            "503 {\"key\":\"a.jpg\",\"outcome\":\"failed\",\"retryable\":true,\"detail\":\"the"
                + " image is stored, and its thumbnails are not made yet\",\"thumbnails\":[]}");
    assertThat(
            answer(
                failed(
                    Outcome.Failure.INVALID_KEY,
                    new StoreException(Kind.INVALID_KEY, "s3://photos/"))))
        .isEqualTo(
            "422 {\"key\":\"a.jpg\",\"outcome\":\"failed\",\"retryable\":false,\"detail\":\"the"
                + " image is stored, and its thumbnails cannot be made\",\"thumbnails\":[]}");
  }

  @Test
  void result_withoutFailure_isNeitherRetryableNorNot() throws IOException {
    assertThat(answer(new Outcome.Skipped("a.jpg", Outcome.Reason.SOURCE_GONE, TIMING)))
        .isEqualTo(
            "200 {\"key\":\"a.jpg\",\"outcome\":\"skipped\",\"detail\":\"source_gone\","
                + "\"thumbnails\":[]}");
  }
}
