package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miniatura.cdk.ThumbnailPipelineProps.Trigger;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

class ContextSettingsTest {

  private static ThumbnailPipelineProps props(Map<String, String> context) {
    Map<String, Object> all = new HashMap<>(context);
    all.put("code", Synthesis.settings().build().code.toString());
    App app = new App(AppProps.builder().context(all).build());
    return new ContextSettings(app.getNode()).props();
  }

  @Test
  void context_makesSettings() {
    ThumbnailPipelineProps props =
        props(
            Map.ofEntries(
                Map.entry("specs", "a=fit:10x10"),
                Map.entry("suffixes", ".jpg, .png"),
                Map.entry("trigger", "event_bridge"),
                Map.entry("timeout", "20"),
                Map.entry("vpc", "true"),
                Map.entry("http", "true"),
                Map.entry("jwtIssuer", "https://id.example.com"),
                Map.entry("jwtAudience", "a,b"),
                Map.entry("alarmEmail", ""),
                Map.entry("tags", "team=photos,env=prod")));
    assertThat(props.specs).isEqualTo("a=fit:10x10");
    assertThat(props.suffixes).containsExactly(".jpg", ".png");
    assertThat(props.trigger).isEqualTo(Trigger.EVENT_BRIDGE);
    assertThat(props.timeout).isEqualTo(Duration.ofSeconds(20));
    assertThat(props.vpc).isTrue();
    assertThat(props.jwt.orElseThrow().audience()).containsExactly("a", "b");
    assertThat(props.alarmEmail).isEmpty();
    assertThat(props.tags)
        .isEqualTo(Map.of("application", "miniatura", "team", "photos", "env", "prod"));
  }

  @ParameterizedTest
  @CsvSource({
    "alarmMail, me@example.com, alarmMail: there is no such setting; the settings are:"
        + " alarmBacklog",
    "spec,      a=fit:1x1, spec: there is no such setting",
    "Timeout,   20,   Timeout: there is no such setting",
    "jwtAudience, a,  jwtAudience: there is no jwtIssuer",
    "jwtIssuer, https://id.example.com, httpJwt: there is no audience",
    "timeout,   ten,  timeout: 'ten' is not a whole number",
    "memory,    99999999999, memory: '99999999999' is too large",
    "vpc,       yes,  vpc: 'yes' is neither true nor false",
    "trigger,   sns,  trigger: 'sns' is none of [notification",
    "delivery,  yes,  delivery: 'yes' is neither true nor false",
    "deliveryCors, *, deliveryCors: there is no delivery without delivery=true",
    "deliveryCor,  *, deliveryCor: there is no such setting",
    "tags,      team, tags: 'team' is not like name=value",
    "specs,     x,    specs: 'x' is not name=spec"
  })
  void context_notUnderstood_isRefusedByName(String name, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> props(Map.of(name, value)))
        .withMessageContaining(message);
  }

  @Test
  void context_deliveryThatCannotWork_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> props(Map.of("delivery", "true", "deliveryMemory", "x")))
        .withMessage("deliveryMemory: 'x' is not a whole number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> props(Map.of("delivery", "true", "deliveryMemory", "1")))
        .withMessage("delivery, memory: 1 MB is not between 512 and 10240 MB");
  }

  @Test
  void context_issuerWithoutHttp_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                props(
                    Map.of(
                        "http", "false",
                        "jwtIssuer", "https://id.example.com",
                        "jwtAudience", "a")))
        .withMessageContaining("httpJwt: http is switched off");
  }

  @Test
  void context_ofTheCdkItself_isNoSetting() {
    Map<String, String> context = new HashMap<>();
    Synthesis.context().keySet().stream()
        .filter(name -> !name.equals("code"))
        .forEach(name -> context.put(name, "true"));
    context.put("availability-zones:account=123456789012:region=us-east-1", "us-east-1a");
    context.put("acknowledged-issue-numbers", "19836");
    context.put("stackName", "Thumbnails");
    assertThat(props(context).http).isFalse();
  }

  @Test
  void everySetting_canBeMadeByContext() {
    List<String> settings =
        Arrays.stream(ThumbnailPipelineProps.Builder.class.getDeclaredMethods())
            .filter(method -> !method.isSynthetic() && !method.getName().equals("build"))
            .map(Method::getName)
            .map(name -> name.equals("tag") ? "tags" : name)
            .filter(name -> !List.of("httpJwt", "delivery").contains(name))
            .sorted()
            .toList();
    assertThat(ContextSettings.names()).isEqualTo(settings);
  }

  @Test
  void everySettingOfDelivery_canBeMadeByContext() {
    List<String> settings =
        Arrays.stream(ThumbnailDeliveryProps.Builder.class.getDeclaredMethods())
            .filter(method -> !method.isSynthetic() && !method.getName().equals("build"))
            .map(Method::getName)
            .map(name -> "delivery" + Character.toUpperCase(name.charAt(0)) + name.substring(1))
            .sorted()
            .toList();
    assertThat(ContextSettings.deliveryNames()).isEqualTo(settings);
  }

  @Test
  void context_delivery_makesItsSettings() {
    ThumbnailDeliveryProps delivery =
        props(
                Map.ofEntries(
                    Map.entry("delivery", "true"),
                    Map.entry("deliverySigningKeys", "keys"),
                    Map.entry("deliverySigningKeysVersion", "0123456789abcdef0123456789abcdef"),
                    Map.entry("deliveryNegotiate", "false"),
                    Map.entry("deliveryMaxAge", "60"),
                    Map.entry("deliveryErrorMaxAge", "5"),
                    Map.entry("deliveryCors", "*"),
                    Map.entry("deliveryPlaceholder", Synthesis.picture().toString()),
                    Map.entry("deliveryRateLimit", "100"),
                    Map.entry("deliveryOriginShield", "eu-central-1"),
                    Map.entry("deliveryAccessLogs", "logs"),
                    Map.entry("deliveryLimits", "pixels:1M"),
                    Map.entry("deliveryMemory", "1024"),
                    Map.entry("deliveryTimeout", "10"),
                    Map.entry("deliveryReservedConcurrency", "3")))
            .delivery
            .orElseThrow();
    assertThat(delivery.signingKeys).contains("keys");
    assertThat(delivery.negotiate).isFalse();
    assertThat(delivery.maxAge).isEqualTo(Duration.ofMinutes(1));
    assertThat(delivery.errorMaxAge).isEqualTo(Duration.ofSeconds(5));
    assertThat(delivery.cors).contains("*");
    assertThat(delivery.placeholder).contains(Synthesis.picture());
    assertThat(delivery.rateLimit).hasValue(100);
    assertThat(delivery.originShield).contains("eu-central-1");
    assertThat(delivery.accessLogs).contains("logs");
    assertThat(delivery.limits).isEqualTo("pixels:1M");
    assertThat(delivery.memory).isEqualTo(1024);
    assertThat(delivery.timeout).isEqualTo(Duration.ofSeconds(10));
    assertThat(delivery.reservedConcurrency).isEqualTo(3);
    assertThat(props(Map.of("delivery", "false")).delivery).isEmpty();
  }

  @Test
  void everySetting_isInTheManual() throws Exception {
    String manual = Files.readString(Path.of("README.md"));
    assertThat(ContextSettings.names()).allSatisfy(name -> assertThat(manual).contains("`" + name));
    assertThat(ContextSettings.deliveryNames())
        .allSatisfy(name -> assertThat(manual).contains("`" + name + "`"));
  }
}
