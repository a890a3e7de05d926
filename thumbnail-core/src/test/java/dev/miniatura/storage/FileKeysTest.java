package dev.miniatura.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest {

  /** Keys that leave the root, or that have another meaning on some system. */
  static String[] attacks() {
    return new String[] {
      "",
      "/",
      "/etc/passwd",
      "//server/share",
      ".",
      "..",
      "../a",
      "../../../../etc/passwd",
      "a/..",
      "a/../../b",
      "a/../b",
      "a/./b",
      "./a",
      "a//b",
      "a/",
      "a/b/",
      "nul\0byte",
      "\0nul",
      "a\0/../b",
      ".miniatura",
      ".miniatura/unfinished/x",
      ".Miniatura/attributes",
      "a/.MINIATURA/b",
      "unpaired \uD83D",
      "unpaired \uD800",
      "unpaired \uDFFF",
      "n".repeat(256),
      "a/" + "日".repeat(128),
    };
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isKey_attack_isFalseEverywhere(String key) {
    assertThat(FileKeys.POSIX.isKey(key)).isFalse();
    // The last attack is too long only in bytes, which do not matter on Windows.
    assertThat(FileKeys.WINDOWS.isKey(key)).isEqualTo(key.startsWith("a/日"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C:\\Windows\\system32",
        "C:/Windows/system32",
        "C:a",
        "a.jpg:stream",
        "a.jpg::$DATA",
        "..\\a",
        "a\\..\\..\\b",
        "\\\\server\\share\\a",
        "\\\\?\\C:\\a",
        "CON",
        "con",
        "Aux.jpg",
        "nul.tar.gz",
        "photos/PRN.png",
        "COM1",
        "com9.txt",
        "COM\u00b9.jpg",
        "LPT3",
        "CONIN$",
        "NUL .jpg",
        "trailing.",
        "trailing ",
        "trailing./a",
        "...",
        "what?.jpg",
        "*.jpg",
        "<a>.jpg",
        "a<b",
        "a|b",
        "\"quoted\"",
        "tab\there",
        "line\nfeed",
      })
  void isKey_nameReservedByWindows_isFalseOnlyThere(String key) {
    assertThat(FileKeys.WINDOWS.isKey(key)).isFalse();
    assertThat(FileKeys.POSIX.isKey(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/b/c.jpg",
        "..a",
        "a..",
        ".a",
        "a b/c d.jpg",
        "~/a",
        "%2e%2e/a",
        "$HOME",
        "-rf",
        "console.jpg",
        "aux1.jpg",
        "COM10",
        "日本語/фото.jpg",
        "\uD83D\uDCF7.jpg",
        ".miniature",
        "\uD7FF\uE000",
      })
  void isKey_plainName_isTrue(String key) {
    assertThat(FileKeys.POSIX.isKey(key)).isTrue();
    assertThat(FileKeys.WINDOWS.isKey(key)).isEqualTo(!key.endsWith("."));
  }

  @Test
  void isKey_longestName_isTrue() {
    assertThat(FileKeys.POSIX.isKey("n".repeat(255))).isTrue();
    assertThat(FileKeys.WINDOWS.isKey("n".repeat(255))).isTrue();
  }

  @Test
  void escaped_isThePathOfAUri() {
    assertThat(FileKeys.escaped("2024/a0 ü%~.jpg")).isEqualTo("2024/a0%20%C3%BC%25%7E%2Ejpg");
  }
}
