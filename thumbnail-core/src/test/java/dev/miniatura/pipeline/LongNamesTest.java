package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongNamesTest {

  private static final String SUFFIX = ".jpg.small.jpg";

  @Test
  void shortened_whatFits_staysAsItIs() {
    String longest = "a/" + "x".repeat(255 - SUFFIX.length()) + SUFFIX;
    assertThat(LongNames.shortened(longest)).isEqualTo(longest);
    assertThat(LongNames.shortened("//a//")).isEqualTo("//a//");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00e9", "\u6f22", "\ud83c\udf05"})
  void shortened_longName_fitsAndKeepsItsEnds(String character) {
    for (int bytes = 256; bytes < 290; bytes++) {
      int width = character.getBytes(UTF_8).length;
      String name = "y".repeat(bytes % width) + character.repeat(bytes / width);
      String key = LongNames.shortened("dir/" + name + SUFFIX);
      assertThat(key).startsWith("dir/").contains("~").endsWith(SUFFIX).doesNotContain("\ufffd");
      assertThat(key.substring(4).getBytes(UTF_8).length).isBetween(245, 255);
    }
  }

  @Test
  void shortened_differentNames_stayDifferent() {
    String start = "x".repeat(230);
    String end = "z".repeat(40) + SUFFIX;
    assertThat(LongNames.shortened(start + "a" + end))
        .isNotEqualTo(LongNames.shortened(start + "b" + end));
  }
}
