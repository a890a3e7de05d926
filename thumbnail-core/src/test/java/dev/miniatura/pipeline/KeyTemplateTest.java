package dev.miniatura.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.OutputFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTest {

  @ParameterizedTest
  @CsvSource({
    "{key}.{spec}.{ext}, 2024/a.png, 2024/a.png.small.jpg",
    "{key}.{spec}.{ext}, a, a.small.jpg",
    "{dir}/{spec}/{name}.{ext}, 2024/may/a.png, 2024/may/small/a.jpg",
    "{dir}/{spec}/{name}.{ext}, a.png, small/a.jpg",
    "{dir}/{name}-{spec}.{ext}, a.tar.gz, a.tar-small.jpg",
    "{dir}/{name}-{spec}.{ext}, /a, /a-small.jpg",
    "{dir}/{name}-{spec}.{ext}, .hidden, .hidden-small.jpg",
    "{dir}/{name}-{spec}.{ext}, a/b/, a/b/-small.jpg",
    "{spec}/{key}, 2024/a.png, small/2024/a.png",
    "thumbs/{dir}/{name}.{spec}.{ext}, a.png, thumbs/a.small.jpg",
    "{key}@{spec}, $1\\2{key}, $1\\2{key}@small",
  })
  void expand_anyKey_fillsInTheFields(String template, String key, String expected) {
    assertThat(
            KeyTemplate.parse(template, List.of("small", "large"))
                .expand(key, "small", OutputFormat.JPEG))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thumb.jpg | it needs {key}",
        "{spec}.{ext} | it needs {key}",
        "{name}.{spec}.{ext} | it needs {key}",
        "{dir}/{spec}.{ext} | it needs {key}",
        "{key}.{ext} | it needs {spec}",
        "{key}.{spec}.{size} | {size} is none of",
        "{key}.{Spec} | {Spec} is none of",
        "{key}.{spec}.{} | {} is none of",
        "{key}.{spec | a brace is not closed",
        "{key}.spec} | a brace is not closed",
        "{{key}}.{spec} | a brace is not closed",
      })
  void parse_templateThatCannotWork_saysWhy(String template, String why) {
    assertThatThrownBy(() -> KeyTemplate.parse(template, List.of("small", "large")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void toString_isTheTemplate() {
    assertThat(KeyTemplate.parse("{key}.{spec}", List.of("small"))).hasToString("{key}.{spec}");
  }

  @Test
  void parse_oneSpec_needsNoSpecField() {
    assertThat(KeyTemplate.parse("{key}", List.of("small")).expand("a", "small", OutputFormat.PNG))
        .isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "{key}{spec}, all, small",
    "{key}-{spec}, b, a-b",
    "{key}.{spec}.{ext}, x, y.x",
    "{spec}{key}, s, small",
    "{spec}.{key}, a, a.b",
    "thumbs/{spec}-{key}.{ext}, a, a-b",
  })
  void parse_specsWhoseKeysCanMeet_isRefused(String template, String one, String other) {
    assertThatThrownBy(() -> KeyTemplate.parse(template, List.of(one, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + one + "'")
        .hasMessageContaining("'" + other + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{key}.{spec}.{ext}",
        "{key}.{spec}",
        "{spec}/{key}",
        "{spec}/{key}.{ext}",
        "a/{key}/{spec}.{ext}",
        "{key}.{ext}.{spec}"
      })
  void expand_keysMadeToMeet_neverMeet(String template) {
    List<String> specs = List.of("small", "large", "x", "y.z");
    KeyTemplate parsed = KeyTemplate.parse(template, specs);
    Map<String, String> seen = new HashMap<>();
    for (String key :
        List.of("a", "a.small", "a.x.jpg", "a.y.z.png", "small/a", "x", "x/a", "a/x", "jpg")) {
      for (String spec : specs) {
        for (OutputFormat format : OutputFormat.all()) {
          String from = key + " " + spec;
          String previous = seen.put(parsed.expand(key, spec, format), from);
          assertThat(previous).isIn(null, from);
        }
      }
    }
  }
}
