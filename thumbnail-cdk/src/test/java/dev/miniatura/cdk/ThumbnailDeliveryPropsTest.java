package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ThumbnailDeliveryPropsTest {

  private static final String CERTIFICATE =
      "arn:aws:acm:us-east-1:123456789012:certificate/11111111";

  private static Arguments refused(
      String message, UnaryOperator<ThumbnailDeliveryProps.Builder> settings) {
    return Arguments.of(message, settings);
  }

  static Stream<Arguments> impossible() {
    return Stream.of(
        refused("signingKeys: 'a b' is neither", it -> it.signingKeys("a b")),
        refused(
            "signingKeysVersion: there are no signingKeys",
            it -> it.signingKeysVersion("0123456789abcdef0123456789abcdef")),
        refused(
            "signingKeysVersion: '1' is not the id of a secret's version",
            it -> it.signingKeys("keys").signingKeysVersion("1")),
        refused("maxAge: 0 s is not between 1 and", it -> it.maxAge(Duration.ZERO)),
        refused("maxAge: PT1.5S is not a number of", it -> it.maxAge(Duration.ofMillis(1500))),
        refused("errorMaxAge: 31536001 s is", it -> it.errorMaxAge(Duration.ofSeconds(31_536_001))),
        refused("cors: 'example.com' is neither", it -> it.cors("example.com")),
        refused(
            "placeholder: nowhere.png cannot be read",
            it -> it.placeholder(Path.of("nowhere.png"))),
        refused("rateLimit: 9 is not between 10 and", it -> it.rateLimit(9)),
        refused("webAclArn: 'acl' is not like", it -> it.webAclArn("acl")),
        refused(
            "rateLimit: the firewall named by webAclArn",
            it ->
                it.rateLimit(100)
                    .webAclArn("arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1")),
        refused("originShield: 'Europe' is not a region", it -> it.originShield("Europe")),
        refused(
            "domainNames: 'https://x.example.com' is not",
            it -> it.domainNames(List.of("https://x.example.com")).certificateArn(CERTIFICATE)),
        refused(
            "domainNames: domainNames and certificateArn need each other",
            it -> it.domainNames(List.of("img.example.com"))),
        refused(
            "certificateArn: 'arn:aws:acm:eu-central-1",
            it ->
                it.domainNames(List.of("img.example.com"))
                    .certificateArn(CERTIFICATE.replace("us-east-1", "eu-central-1"))),
        refused("limits: ", it -> it.limits("pixels:many")),
        refused("memory: 256 MB is not between 512", it -> it.memory(256)),
        refused("timeout: 60 s is not between 5", it -> it.timeout(Duration.ofMinutes(1))),
        refused("reservedConcurrency: 0 is not", it -> it.reservedConcurrency(0)));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void build_whatCannotWork_isRefusedByName(
      String message, UnaryOperator<ThumbnailDeliveryProps.Builder> settings) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.apply(ThumbnailDeliveryProps.builder()).build())
        .withMessageStartingWith(message);
  }

  @Test
  void build_placeholderThatIsNoPicture_isRefused(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("a.png"), "no picture");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThumbnailDeliveryProps.builder().placeholder(text).build())
        .withMessageStartingWith("placeholder: ");
  }

  @Test
  void build_namesThatAreKnownWhenDeploying_areTaken() {
    String token = "${Token[TOKEN.1]}";
    ThumbnailDeliveryProps props =
        ThumbnailDeliveryProps.builder()
            .signingKeys(token)
            .webAclArn(token)
            .domainNames(List.of("img.example.com"))
            .certificateArn(token)
            .build();
    assertThat(props.signingKeys).contains(token);
  }
}
