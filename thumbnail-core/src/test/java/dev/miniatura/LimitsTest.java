package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.ImageBombs;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

  private static final ThumbnailSpec SMALL = ThumbnailSpec.fit(64, 64);
  private static final int MIB = 1 << 20;

  private static LimitExceededException refusal(Limits limits, byte[] file, ThumbnailSpec spec) {
    Thumbnailer thumbnailer = Thumbnailer.create(limits);
    try {
      thumbnailer.render(ImageSource.of(file), spec);
    } catch (LimitExceededException e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError("refused for another reason", e);
    }
    throw new AssertionError("was rendered");
  }

  @Test
  void with_everyBound_changesItAlone() {
    Limits all =
        Limits.defaults()
            .with("source-bytes:2G,pixels:1G,dimension:70k,frames:5")
            .with(" scans:6, result-pixels:7M ,working-bytes:768M,time:60s");
    assertThat(all)
        .isEqualTo(
            Limits.defaults()
                .withSourceBytes(2L << 30)
                .withPixels(1_000_000_000L)
                .withDimension(70_000)
                .withFrames(5)
                .withScans(6)
                .withResultPixels(7_000_000)
                .withWorkingBytes(768L << 20)
                .withTime(Duration.ofSeconds(60)));
    assertThat(Limits.defaults().with("time:2min").time()).isEqualTo(Duration.ofMinutes(2));
    assertThat(Limits.defaults().with("time:500ms").time()).isEqualTo(Duration.ofMillis(500));
    assertThat(Limits.defaults().with("frames:1,frames:2").frames()).isEqualTo(2);
    assertThat(Limits.defaults().with("pixels:99999999999G").pixels()).isEqualTo(Long.MAX_VALUE);
    assertThat(Limits.defaults().with("frames:9G").frames()).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pixels",
        "pixels:",
        "pixels:0",
        "pixels:-1",
        "pixels:1T",
        "pixels:1.5G",
        "Pixels:1",
        "pixels:1,",
        "time:0s",
        "time:30",
        "time:1h",
        "pixel:1",
        "pixels=1"
      })
  void with_anythingElse_saysWhatThereIs(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.defaults().with(text))
        .withMessageMatching("'.*' is not a limit; the limits are .*|limit '.*': .*");
  }

  static Set<String> bombs() {
    return ImageBombs.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void render_fewBytesClaimingManyPixels_areRefusedCheaply(String format) {
    byte[] bomb = Objects.requireNonNull(ImageBombs.all().get(format));
    // A lossless WebP can claim 268 million pixels, which are allowed, and streamed if they exist.
    boolean webp = format.equals("webp");
    Limits limits = webp ? Limits.defaults().withPixels(100_000_000) : Limits.defaults();
    refusal(limits, bomb, SMALL); // loads the classes
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    LimitExceededException refused = refusal(limits, bomb, SMALL);
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(MIB);
    assertThat(refused.limit()).isEqualTo(Limits.Kind.PIXELS);
    assertThat(refused.actual()).isEqualTo(webp ? 1L << 28 : 900_000_000L);
    assertThat(refused.allowed()).isEqualTo(limits.pixels());
  }

  @Test
  void render_eachLimit_refusesWithItsValueAndTheImages() throws IOException {
    byte[] png = PngMaker.of(TestImages.photo(200, 100)).bytes();
    Limits all = Limits.defaults();
    assertThat(refusal(all.withPixels(19_999), png, SMALL))
        .hasMessage("source pixels: 20000 exceeds the limit of 19999");
    assertThat(refusal(all.withDimension(199), png, SMALL).limit())
        .isEqualTo(Limits.Kind.DIMENSION);
    assertThat(refusal(all.withSourceBytes(png.length - 1), png, SMALL).actual())
        .isEqualTo(png.length);
    assertThat(refusal(all.withResultPixels(100), png, SMALL).limit())
        .isEqualTo(Limits.Kind.RESULT_PIXELS);
    assertThat(refusal(all.withWorkingBytes(10_000), png, SMALL).limit())
        .isEqualTo(Limits.Kind.WORKING_BYTES);
    assertThat(refusal(all.withTime(Duration.ofNanos(1)), png, SMALL).limit())
        .isEqualTo(Limits.Kind.TIME);
    byte[] progressive = JpegMaker.of(TestImages.photo(64, 48)).progressive().bytes();
    assertThat(refusal(all.withScans(1), progressive, ThumbnailSpec.fit(64, 48)).limit())
        .isEqualTo(Limits.Kind.SCANS);
  }

  @Test
  void plan_refusesWhatRenderWouldRefuse() throws IOException {
    byte[] png = PngMaker.of(TestImages.photo(200, 100)).bytes();
    Thumbnailer thumbnailer = Thumbnailer.create(Limits.defaults().withPixels(100));
    assertThatThrownBy(() -> thumbnailer.plan(ImageSource.of(png), List.of(SMALL)))
        .isInstanceOf(LimitExceededException.class);
    assertThat(thumbnailer.probe(ImageSource.of(png)).pixels()).isEqualTo(20_000);
  }

  @Test
  void limits_mustBePositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> Limits.defaults().withPixels(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.defaults().withTime(Duration.ZERO));
  }
}
