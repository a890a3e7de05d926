package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.lambda.Configuration.Place;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  private static final Map<String, String> LEAST =
      Map.of(
          "MINIATURA_SOURCE", "s3://photos/uploads/",
          "MINIATURA_DESTINATION", "s3://thumbs",
          "MINIATURA_SPECS", "small=fit:128x128;large=fit:1024x1024");

  private static Configuration with(String name, String value) {
    Map<String, String> environment = new TreeMap<>(LEAST);
    environment.put(name, value);
    return Configuration.of(environment);
  }

  @Test
  void of_whatIsRequired_isEnough() {
    Configuration configuration = with("PATH", "/bin");
    assertThat(configuration.source()).isEqualTo(new Place("photos", "uploads/"));
    assertThat(configuration.destination()).isEqualTo(new Place("thumbs", ""));
    assertThat(configuration.specs()).containsOnlyKeys("small", "large");
  }

  @ParameterizedTest
  @CsvSource({
    "SOURCE, ''",
    "SOURCE, photos",
    "DESTINATION, s3:///x",
    "SPECS, small",
    "SPECS, small=fit:0x0",
    "SPECS, a b=fit:10x10",
    "STRICT, yes",
    "KEY_TEMPLATE, {spec}.jpg",
    "KEY_TEMPLATE, {key}.{size}",
    "CACHE_CONTROL, é",
    "MAX_PIXELS, many",
    "LIMITS, many",
    "LIMITS, time:20",
    "MAX_BYTES, 0",
    "PARALLELISM, -1",
    "STORAGE_CLASS, FREEZER",
    "CATALOG_TTL_DAYS, 0",
    "CATALOG_TTL_DAYS, 30",
    "HTTP_OVERWRITE, yes",
    "ENDPOINT, nowhere",
    "SPEC, small=fit:1x1"
  })
  void of_wrongValue_namesTheVariableInOneLine(String name, String value) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> HandlerFixture.build(with("MINIATURA_" + name, value)))
        .withMessageStartingWith("MINIATURA_" + name + ": ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void of_texts_areTakenAsTheyAre() {
    assertThat(with("MINIATURA_KEY_TEMPLATE", "{key}.{spec}").keyTemplate())
        .contains("{key}.{spec}");
    assertThat(with("MINIATURA_CACHE_CONTROL", " no-cache ").cacheControl()).contains("no-cache");
    assertThat(with("MINIATURA_KMS_KEY", "arn:1").kmsKey()).contains("arn:1");
    assertThat(with("MINIATURA_BUCKET_OWNER", "1").bucketOwner()).contains("1");
    assertThat(with("MINIATURA_CATALOG_TABLE", "t").catalogTable()).contains("t");
    assertThat(with("MINIATURA_PARALLELISM", "7").parallelism()).isEqualTo(7);
    assertThat(with("MINIATURA_PARALLELISM", "7000").parallelism()).isEqualTo(1000);
  }

  @Test
  void pipeline_hasTheKeyTemplate() {
    Stores stores =
        new Stores(MemoryImageStore.create(), MemoryImageStore.create(), Optional.empty());
    assertThat(
            with("MINIATURA_KEY_TEMPLATE", "{key}-{spec}")
                .pipeline(stores)
                .keyOf("uploads/a", "small"))
        .isEqualTo("a-small");
  }

  @Test
  void of_strict_isThatOfEverySpec() {
    assertThat(with("MINIATURA_STRICT", "true").specs().values())
        .extracting(ThumbnailSpec::toString)
        .containsExactly("fit:128x128,strict", "fit:1024x1024,strict");
    assertThat(with("MINIATURA_STRICT", "false").specs()).isEqualTo(with("PATH", "").specs());
  }

  @ParameterizedTest
  @CsvSource({
    "s3://photos",
    "s3://photos/uploads/",
    "s3://photos/uploads/thumbs/",
    "s3://photos/up"
  })
  void of_destinationInTheSource_isRefused(String destination) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> HandlerFixture.buildWithS3(with("MINIATURA_DESTINATION", destination)))
        .withMessageStartingWith("MINIATURA_DESTINATION: ")
        .withMessageContaining("thumbnails would be made of thumbnails");
  }

  @Test
  void pipeline_settingsOfHowThumbnailsAreKept_reachThem() throws Exception {
    Stores stores =
        new Stores(MemoryImageStore.create(), MemoryImageStore.create(), Optional.empty());
    byte[] image =
        Thumbnailer.create()
            .render(
                ImageSource.of(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB)),
                ThumbnailSpec.fit(8, 8))
            .bytes();
    stores.source().put("uploads/a", ImageSource.of(image), Attributes.none());
    List<String> outcomes = new ArrayList<>();
    for (String setting :
        List.of(
            "KMS_KEY=arn:1",
            "KMS_KEY=arn:1",
            "KMS_KEY=arn:2",
            "STORAGE_CLASS=STANDARD_IA",
            "STORAGE_CLASS=STANDARD",
            "CACHE_CONTROL=max-age=1",
            "STORAGE_CLASS=")) {
      String[] pair = setting.split("=", 2);
      Configuration configuration = with("MINIATURA_" + pair[0], pair[1]);
      outcomes.add(configuration.pipeline(stores).process("uploads/a").kind());
    }
    assertThat(outcomes)
        .containsExactly(
            "written", "unchanged", "written", "written", "written", "written", "written");
    Configuration last = with("MINIATURA_STORAGE_CLASS", "STANDARD");
    assertThat(last.pipeline(stores).process("uploads/a")).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void of_disjointPrefixesOfOneBucket_areTaken() {
    HandlerFixture.buildWithS3(with("MINIATURA_DESTINATION", "s3://photos/thumbs/"));
  }
}
