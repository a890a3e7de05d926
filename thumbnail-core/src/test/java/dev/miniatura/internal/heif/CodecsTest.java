package dev.miniatura.internal.heif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.UnsupportedImageException;
import org.junit.jupiter.api.Test;

class CodecsTest {

  @Test
  void of_av1_isAlwaysThere() throws Exception {
    assertThat(Codecs.of("av01").decodes("av01")).isTrue();
  }

  @Test
  void of_hevcWithoutItsArtifact_namesTheArtifactToAdd() {
    for (String type : new String[] {"hvc1", "hev1"}) {
      assertThatThrownBy(() -> Codecs.of(type))
          .isInstanceOf(UnsupportedImageException.class)
          .hasMessageContaining("dev.miniatura:thumbnail-heic");
    }
  }

  @Test
  void of_codecThatNoArtifactHas_isNamed() {
    assertThatThrownBy(() -> Codecs.of("vvc1"))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("'vvc1'")
        .hasMessageNotContaining("artifact");
  }
}
