package dev.miniatura.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miniatura.storage.ImageStore.Attributes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no header could carry are refused when they are set, not when they are stored. */
class AttributesTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "na\u00efve", "a\nb", "a\u007f"})
  void value_thatIsNoHeader_isRefused(String value) {
    Attributes none = Attributes.none();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.withContentType(value))
        .withMessageContaining("content type");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.withCacheControl(value))
        .withMessageContaining("cache control");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.withMetadata(Map.of("name", value)))
        .withMessageContaining("name");
  }

  @Test
  void metadata_upToTheLimitOfNamesAndValues_areTaken() {
    Map<String, String> most = Map.of("ab", "x".repeat(1000), "c", "y".repeat(1045));
    assertThat(Attributes.none().withMetadata(most).metadata()).isEqualTo(most);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Attributes.none()
                    .withMetadata(Map.of("ab", "x".repeat(1000), "c", "y".repeat(1046))))
        .withMessageContaining("2049 bytes");
  }
}
