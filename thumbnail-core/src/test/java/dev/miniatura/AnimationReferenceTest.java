package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.png.PngDecoder;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.webp.WebpDecoder;
import dev.miniatura.testing.AnimatedFrame;
import dev.miniatura.testing.ApngMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames drawn on one another at random, against the plain way to draw them. */
class AnimationReferenceTest {

  private static final Limits LIMITS = Limits.defaults();

  private static InputWindow window(byte[] file) throws IOException {
    return InputWindow.open(new BytesSource(file), LIMITS, new Deadline(LIMITS.time()));
  }

  /** Collects one picture. */
  private static RowSink into(BufferedImage image, RasterLayout layout) {
    return (plane, y, row, offset) -> {
      int at = offset;
      for (int x = 0; x < layout.width(); x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | (row[at++] & 0xff);
        }
        image.setRGB(x, y, (layout.alpha() ? row[at++] << 24 : 0xff << 24) | rgb);
      }
    };
  }

  private static List<BufferedImage> decode(AnimationDecoder decoder) throws IOException {
    DecodePlan plan = decoder.planFrames();
    RasterLayout layout = plan.layout();
    List<BufferedImage> frames = new ArrayList<>();
    Notes notes = new Notes();
    BufferedImage image =
        new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_INT_ARGB);
    plan.decode(into(image, layout), notes);
    do {
      frames.add(image);
      image = new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_INT_ARGB);
    } while (decoder.nextFrame(into(image, layout), notes));
    assertThat(notes.list()).isEmpty();
    return frames;
  }

  /** Colors that nothing shows of do not count. */
  private static void assertSame(List<BufferedImage> actual, List<BufferedImage> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      for (int y = 0; y < expected.get(i).getHeight(); y++) {
        for (int x = 0; x < expected.get(i).getWidth(); x++) {
          int wanted = expected.get(i).getRGB(x, y);
          int given = actual.get(i).getRGB(x, y);
          assertThat(wanted >>> 24 == 0 ? given >>> 24 : given)
              .as("frame %d, %d %d", i, x, y)
              .isEqualTo(wanted >>> 24 == 0 ? 0 : wanted);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decode_apngOfRandomFrames_isComposedAsByReference(long seed) throws IOException {
    Random random = new Random(seed);
    List<AnimatedFrame> frames = AnimatedFrame.random(24, 18, 12, true, random);
    ApngMaker maker = ApngMaker.like(frames.get(0).image());
    for (AnimatedFrame frame : frames) {
      maker.dataBytes(1 + random.nextInt(300));
      maker.frame(
          frame.image(), frame.left(), frame.top(), 1, 25, frame.disposal(), frame.blended());
    }

    AnimationDecoder decoder =
        PngDecoder.open(window(maker.bytes()), LIMITS).animation().orElseThrow();

    assertSame(decode(decoder), AnimatedFrame.compose(24, 18, frames));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decode_webpOfRandomFrames_isComposedAsByReference(long seed) throws IOException {
    List<AnimatedFrame> frames = AnimatedFrame.random(24, 18, 12, false, new Random(seed));
    WebpMaker maker = WebpMaker.canvas(24, 18);
    for (AnimatedFrame frame : frames) {
      boolean cleared = frame.disposal() == ApngMaker.Disposal.CLEAR;
      maker.frame(frame.image(), frame.left(), frame.top(), 40, frame.blended(), cleared);
    }

    SourceBytes bytes = SourceBytes.of(maker.bytes());
    Deadline deadline = new Deadline(LIMITS.time());
    AnimationDecoder decoder = WebpDecoder.open(bytes, deadline, LIMITS).animation().orElseThrow();

    assertSame(decode(decoder), AnimatedFrame.compose(24, 18, frames));
  }
}
