package dev.miniatura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DocumentTest {

  @Test
  void replaced_markersThere_keepsWhatIsAround() {
    String text = "before\n<!-- t:begin -->\nold\n<!-- t:end -->\nafter\n";
    assertThat(Document.replaced(text, "t", "new\n\n"))
        .isEqualTo("before\n<!-- t:begin -->\nnew\n<!-- t:end -->\nafter\n");
  }

  @Test
  void replaced_noMarkers_appends() {
    assertThat(Document.replaced("before\n", "t", "new"))
        .isEqualTo("before\n\n<!-- t:begin -->\nnew\n<!-- t:end -->\n");
  }
}
