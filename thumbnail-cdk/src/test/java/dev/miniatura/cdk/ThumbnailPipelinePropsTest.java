package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.RemovalPolicy;

class ThumbnailPipelinePropsTest {

  private static Arguments refused(
      String message, UnaryOperator<ThumbnailPipelineProps.Builder> settings) {
    return Arguments.of(message, settings);
  }

  private static UnaryOperator<ThumbnailPipelineProps.Builder> oneBucket(String from, String to) {
    return builder ->
        builder
            .sourceBucket("photos")
            .destinationBucket("photos")
            .sourcePrefix(from)
            .destinationPrefix(to);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused("specs: '' is not name=spec", it -> it.specs("")),
        refused("specs: the name 'a' is given twice", it -> it.specs("a=fit:1x1;a=fit:2x2")),
        refused("specs: ", it -> it.specs("a=fit:0x0")),
        refused(
            "keyTemplate: key template '{spec}': all sources would share keys; it needs {key}",
            it -> it.keyTemplate("{spec}")),
        refused(
            "keyTemplate: key template '{key}': all specs would share a key",
            it -> it.keyTemplate("{key}")),
        refused("thumbnails would be made of thumbnails", oneBucket("", "")),
        refused(
            "destinationPrefix: thumbnails would go to s3://photos/thumbs/ and images come from"
                + " s3://photos/; thumbnails would be made of thumbnails",
            oneBucket("", "thumbs/")),
        refused("thumbnails would be made of thumbnails", oneBucket("thumbs/", "")),
        refused("thumbnails would be made of thumbnails", oneBucket("a/", "a/b/")),
        refused("thumbnails would be made of thumbnails", oneBucket("a/b/", "a/")),
        refused("thumbnails would be made of thumbnails", oneBucket("a", "ab/")),
        refused("sourceBucket: 'Photos' is not a bucket's name", it -> it.sourceBucket("Photos")),
        refused("destinationBucket: 'x' is", it -> it.destinationBucket("x")),
        refused("sourcePrefix: '/a/' begins with a slash", it -> it.sourcePrefix("/a/")),
        refused("destinationPrefix: 'a*' contains * ? $ or", it -> it.destinationPrefix("a*")),
        refused("sourcePrefix: it is longer than 512", it -> it.sourcePrefix("x".repeat(513))),
        refused("suffixes: one of them is empty", it -> it.suffixes(List.of(""))),
        refused(
            "suffixes: '.jpg' ends with 'jpg', which is enough",
            it -> it.suffixes(List.of(".jpg", "jpg"))),
        refused("is given twice", it -> it.suffixes(List.of(".jpg", ".jpg"))),
        refused("cacheControl: ", it -> it.cacheControl("no\ncache")),
        refused("limits: 'pixel:1' is not a limit; the limits are", it -> it.limits("pixel:1")),
        refused("limits: limit 'time:20': not a time", it -> it.limits("time:20")),
        refused("maxPixels: 0 is not between", it -> it.maxPixels(0)),
        refused("maxBytes: -1 is not between", it -> it.maxBytes(-1)),
        refused("maxReceiveCount: 1 is not between 2 and 1000", it -> it.maxReceiveCount(1)),
        refused("batchSize: 101 is not between 1 and 100", it -> it.batchSize(101)),
        refused("batchSize: more than 10 messages need a batchWindow", it -> it.batchSize(11)),
        refused(
            "batchWindow: 301 s is not between 0 and 300 s",
            it -> it.batchWindow(Duration.ofSeconds(301))),
        refused("maxConcurrency: 1 is not between 2 and 1000", it -> it.maxConcurrency(1)),
        refused(
            "reservedConcurrency: 19 is below the maxConcurrency of 20",
            it -> it.reservedConcurrency(19)),
        refused("memory: 256 MB is not between 512 and 10240 MB", it -> it.memory(256)),
        refused(
            "timeout: 5 s is not between 10 and 900 s", it -> it.timeout(Duration.ofSeconds(5))),
        refused(
            "timeout: 901 s is not between 10 and 900 s",
            it -> it.timeout(Duration.ofSeconds(901))),
        refused("not a number of whole seconds", it -> it.timeout(Duration.ofMillis(60_500))),
        refused("'mvn -B package -DskipTests'", it -> it.code(Path.of("none.zip"))),
        refused("catalogTtlDays: there is no catalog", it -> it.catalogTtlDays(7)),
        refused("catalogTtlDays: 0 days is not between", it -> it.catalog(true).catalogTtlDays(0)),
        refused(
            "thumbnailDays: the rules of an existing bucket",
            it -> it.destinationBucket("thumbs").thumbnailDays(7)),
        refused("kmsKeyArn: 'alias/x' is not like arn:aws:kms:", it -> it.kmsKeyArn("alias/x")),
        refused("removalPolicy: SNAPSHOT", it -> it.removalPolicy(RemovalPolicy.SNAPSHOT)),
        refused("alarmEmail: 'me' is not an e-mail address", it -> it.alarmEmail("me")),
        refused(
            "httpJwt: the issuer 'http://x' does not begin with https://",
            it -> it.httpJwt("http://x", List.of("a"))),
        refused("httpJwt: there is no audience", it -> it.httpJwt("https://x", List.of())),
        refused(
            "httpJwt: http is switched off",
            it -> it.httpJwt("https://x", List.of("a")).http(false)),
        refused(
            "httpJwt: http is switched off",
            it -> it.http(false).httpJwt("https://x", List.of("a"))),
        refused("httpJwt: there is no audience", it -> it.httpJwt("https://x", List.of(""))),
        refused(
            "httpScopes: only tokens have scopes", it -> it.http(true).httpScopes(List.of("a"))),
        refused(
            "httpScopes: one of them is empty",
            it -> it.httpJwt("https://x", List.of("a")).httpScopes(List.of(" "))),
        refused(
            "httpCorsOrigins: 'example.com' is not like https://example.com",
            it -> it.http(true).httpCorsOrigins(List.of("example.com"))),
        refused(
            "httpCorsOrigins: 'https://example.com/' is not",
            it -> it.http(true).httpCorsOrigins(List.of("https://example.com/"))),
        refused(
            "httpCorsOrigins: http is switched off",
            it -> it.httpCorsOrigins(List.of("https://example.com"))),
        refused("httpOverwrite: http is switched off", it -> it.httpOverwrite(true)),
        refused("uploads: http is switched off", it -> it.catalog(true).uploads(true)),
        refused(
            "uploads: only a catalog tells what became of an upload",
            it -> it.http(true).uploads(true)),
        refused("uploadMinutes: uploads are switched off", it -> it.uploadMinutes(5)),
        refused(
            "uploadMinutes: 721 min is not between",
            it -> it.http(true).catalog(true).uploads(true).uploadMinutes(721)),
        refused("events: EventBridge cannot be reached", it -> it.vpc(true).events(true)),
        refused("httpRate: 0 is not between", it -> it.http(true).httpRate(0)),
        refused("httpBurst: 5001 is not between", it -> it.http(true).httpBurst(5001)),
        refused(
            "timeout: 31 s is more than the 30 s that an HTTP API waits for",
            it -> it.http(true).timeout(Duration.ofSeconds(31))),
        refused(
            "timeout: 60 s is more than the 30 s",
            it -> it.httpJwt("https://x", List.of("a")).timeout(Duration.ofSeconds(60))),
        refused("alarmErrorPercent: 100 % is not between", it -> it.alarmErrorPercent(100)),
        refused("alarmImagePercent: 0 % is not between", it -> it.alarmImagePercent(0)),
        refused("alarmMinimum: 0 is not between", it -> it.alarmMinimum(0)),
        refused("alarmDeadLetters: -1 is not between", it -> it.alarmDeadLetters(-1)),
        refused("alarmBacklog: 59 s is not between", it -> it.alarmBacklog(Duration.ofSeconds(59))),
        refused("tag: 'aws:x' is empty", it -> it.tag("aws:x", "y")),
        refused("tag: the value of 'x' is longer", it -> it.tag("x", "y".repeat(257))));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void build_whatCannotWork_isRefusedByName(
      String message, UnaryOperator<ThumbnailPipelineProps.Builder> settings) {
    ThumbnailPipelineProps.Builder builder = settings.apply(Synthesis.settings());
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(message);
  }

  @Test
  void build_timeout_isThatOfAnHttpApiWhereThereIsOne() {
    assertThat(Synthesis.settings().build().timeout).isEqualTo(Duration.ofSeconds(60));
    assertThat(Synthesis.settings().http(true).build().timeout).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void build_oneBucketWithDisjointPrefixes_isAccepted() {
    assertThat(oneBucket("photos/", "thumbs/").apply(Synthesis.settings()).build().sourceBucket)
        .contains("photos");
  }

  @Test
  void build_bucketNameKnownOnlyWhenDeploying_isAccepted() {
    assertThat(Synthesis.settings().sourceBucket("${Token[TOKEN.12]}").build().sourceBucket)
        .isPresent();
  }
}
