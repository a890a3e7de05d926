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
    "tags,      team, tags: 'team' is not like name=value",
    "specs,     x,    specs: 'x' is not name=spec"
  })
  void context_notUnderstood_isRefusedByName(String name, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> props(Map.of(name, value)))
        .withMessageContaining(message);
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
            .filter(name -> !name.equals("httpJwt"))
            .sorted()
            .toList();
    assertThat(ContextSettings.names()).isEqualTo(settings);
  }

  @Test
  void everySetting_isInTheManual() throws Exception {
    String manual = Files.readString(Path.of("README.md"));
    assertThat(ContextSettings.names()).allSatisfy(name -> assertThat(manual).contains("`" + name));
  }
}
