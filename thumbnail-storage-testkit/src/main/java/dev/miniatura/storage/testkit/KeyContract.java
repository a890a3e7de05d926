package dev.miniatura.storage.testkit;

import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.OBJECT_HIDES_KEYS_BELOW;
import static dev.miniatura.storage.testkit.StoreUnderTest.kindOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.miniatura.storage.ImageStore.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key is an object of its own. */
interface KeyContract extends StoreUnderTest {

  /** Keys that every store takes. */
  static List<String> plainKeys() {
    return List.of(
        "a",
        "photos/2024/may/a.jpg",
        "with space/and more .jpg",
        "plus+plus/a+b.jpg",
        "percent%20/100%.jpg",
        "ampersand&/semi;colon,comma/equals=.jpg",
        "q#hash/at@/dollar$/excl!/paren(1).jpg",
        "quote'/tilde~/caret^/[b]/{c}.jpg",
        "Łódź/日本語/صورة/фото.jpg",
        "e\u0301 decomposed and é composed",
        "emoji \uD83D\uDCF7/\uD83D\uDC69\u200D\uD83D\uDCBB.jpg",
        ".hidden/...three/..two",
        "UPPER/lower/MiXeD.JPG",
        "n".repeat(200) + "/" + "m".repeat(200));
  }

  /** Keys that any string rule would allow, and a file system does not. */
  static List<String> strangeKeys() {
    return List.of(
        "/leading",
        "//",
        "a//b",
        "trailing/",
        "./a",
        "a/../b",
        "..",
        "line\nfeed\r\ttab",
        "back\\slash?query=*|<>:\"",
        "\u0001control",
        "k".repeat(1024),
        "日".repeat(341));
  }

  @ParameterizedTest
  @MethodSource("dev.miniatura.storage.testkit.KeyContract#plainKeys")
  default void key_plain_isKeptAsItIs(String key) throws IOException {
    checkKey(key);
  }

  @ParameterizedTest
  @MethodSource("dev.miniatura.storage.testkit.KeyContract#strangeKeys")
  default void key_strange_isKeptAsItIs(String key) throws IOException {
    assumeFalse(mayRefuse(key), "permitted to refuse this key");
    checkKey(key);
  }

  private void checkKey(String key) throws IOException {
    put(key, key);
    assertThat(read(key)).isEqualTo(key);
    assertThat(store().stat(key).orElseThrow().key()).isEqualTo(key);
    assertThat(keys("", "")).containsExactly(key);
    if (!mayRefusePrefix(key)) {
      assertThat(keys(key, "")).containsExactly(key);
    }
    store().delete(key);
    assertThat(store().stat(key)).isEmpty();
    assertThat(keys("", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unpaired \uD83D surrogate", "unpaired \uDCF7"})
  default void key_thatIsNoText_isRefused(String key) throws IOException {
    assertThat(kindOf(() -> put(key, "one"))).isEqualTo(Kind.INVALID_KEY);
    assertThat(kindOf(() -> store().stat(key))).isEqualTo(Kind.INVALID_KEY);
    assertThat(
            kindOf(
                () -> {
                  store().delete(key);
                  return null;
                }))
        .isEqualTo(Kind.INVALID_KEY);
    assertThat(keys("", "")).isEmpty();
  }

  @Test
  default void key_belowAnObject_isAnotherObject() throws IOException {
    skipIf(OBJECT_HIDES_KEYS_BELOW);
    put("a", "one");
    put("a/b", "two");
    assertThat(read("a")).isEqualTo("one");
    assertThat(read("a/b")).isEqualTo("two");
  }

  @Test
  default void key_inAnotherForm_isAnotherObject() throws IOException {
    put("a b", "one");
    put("a+b", "two");
    put("a%20b", "three");
    assertThat(read("a b")).isEqualTo("one");
    assertThat(read("a+b")).isEqualTo("two");
    assertThat(read("a%20b")).isEqualTo("three");
  }
}
