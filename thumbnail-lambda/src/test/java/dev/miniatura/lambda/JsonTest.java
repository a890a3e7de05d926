package dev.miniatura.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonTest {

  private static Json read(String text) throws IOException {
    return Json.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void values_areWhatTheyAre() throws IOException {
    Json json =
        read(
            "{\"t\":true,\"f\":false,\"zero\":0,\"minus\":-1,\"half\":0.5,\"null\":null,\"s\":\"\"}");
    assertThat(json.get("t").isTrue()).isTrue();
    assertThat(json.get("f").isTrue()).isFalse();
    assertThat(json.get("s").isTrue()).isFalse();
    assertThat(json.get("zero").anyLength()).hasValue(0);
    assertThat(json.get("minus").anyLength()).isEmpty();
    assertThat(json.get("half").anyLength()).isEmpty();
    assertThat(json.get("half").isPresent()).isTrue();
    assertThat(json.get("f").isPresent()).isTrue();
    assertThat(json.get("null").isPresent()).isFalse();
    assertThat(json.get("s").anyText()).isEmpty();
    assertThat(json.get("s").text()).isEmpty();
    assertThat(json.names()).contains("t", "null");
    assertThat(json.get("t").names()).isEmpty();
  }

  @Test
  void whatIsMissingOrOfAnotherKind_isNamedWithItsPlace() throws IOException {
    Json json = read("{\"a\":{\"b\":[1,\"x\"]}}");
    assertThat(json.path()).isEqualTo("the event");
    assertThat(json.get("a").get("b").items().get(1).path()).isEqualTo("a.b[1]");
    assertThatThrownBy(() -> json.get("a").items()).hasMessage("a is not an array");
    assertThatThrownBy(() -> json.get("c").items()).hasMessage("c is missing");
    assertThatThrownBy(() -> json.get("a").text()).hasMessage("a is not a string");
    assertThatThrownBy(() -> json.get("a").get("c").text()).hasMessage("a.c is missing");
    assertThatThrownBy(json::text).hasMessage("the event is not a string");
  }

  @Test
  void outline_saysWhatItIs() throws IOException {
    Json json = read("{\"a\":[],\"b\":1}");
    assertThat(json.outline()).isEqualTo("an object of [a, b]");
    assertThat(json.get("a").outline()).isEqualTo("an array");
    assertThat(json.get("b").outline()).isEqualTo("a plain value");
    assertThat(json.get("c").outline()).isEqualTo("nothing");
  }
}
