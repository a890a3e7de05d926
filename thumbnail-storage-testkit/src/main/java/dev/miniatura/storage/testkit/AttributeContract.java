package dev.miniatura.storage.testkit;

import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.FORGETS_ATTRIBUTES;
import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.FORGETS_CACHE_CONTROL;
import static dev.miniatura.storage.testkit.StoreUnderTest.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.storage.ImageStore.Attributes;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attributes are kept with their object and replaced with it. */
interface AttributeContract extends StoreUnderTest {

  @Test
  default void attributes_ofObject_areKept() throws IOException {
    skipIf(FORGETS_ATTRIBUTES);
    Attributes attributes =
        JPEG.withMetadata(
            Map.of("miniatura-spec", "0f 1e\"=;,%:\\", "x", "1", "a-much-longer-name", "~!#'"));
    put("a", "before");
    store().put("a", content("one"), attributes);
    assertThat(store().stat("a").orElseThrow().attributes().contentType()).contains("image/jpeg");
    assertThat(store().stat("a").orElseThrow().attributes().metadata())
        .isEqualTo(attributes.metadata());
  }

  @Test
  default void attributes_cacheControl_isKept() throws IOException {
    skipIf(FORGETS_ATTRIBUTES);
    skipIf(FORGETS_CACHE_CONTROL);
    Attributes attributes = JPEG.withCacheControl("public, max-age=31536000, immutable");
    store().put("a", content("one"), attributes);
    assertThat(store().stat("a").orElseThrow().attributes()).isEqualTo(attributes);
  }

  @Test
  default void attributes_asManyAsAllowed_areKept() throws IOException {
    skipIf(FORGETS_ATTRIBUTES);
    Attributes attributes = JPEG.withMetadata(Map.of("name", "v".repeat(2_044)));
    store().put("a", content("one"), attributes);
    assertThat(store().stat("a").orElseThrow().attributes().metadata())
        .isEqualTo(attributes.metadata());
  }

  @Test
  default void attributes_ofObjectWrittenAgain_areReplaced() throws IOException {
    store().put("a", content("one"), JPEG.withMetadata(Map.of("x", "1")));
    store().put("a", content("one"), Attributes.none());
    assertThat(store().stat("a").orElseThrow().attributes().metadata()).isEmpty();
  }

  @Test
  default void attributes_ofObjectDeletedAndWrittenAgain_areNew() throws IOException {
    store().put("a", content("one"), JPEG.withMetadata(Map.of("x", "1")));
    store().delete("a");
    put("a", "one");
    assertThat(store().stat("a").orElseThrow().attributes().metadata()).isEmpty();
  }
}
