package dev.miniatura;

import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.png.PngDecoder;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.webp.WebpDecoder;
import dev.miniatura.testing.AnimatedFrame;
import dev.miniatura.testing.ApngMaker;
import dev.miniatura.testing.WebpMaker;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random frames drawn over one another, compared with the plain way of drawing them. */
class AnimationReferenceTest {

  private static final Limits LIMITS = Limits.defaults();

  private static InputWindow window(byte[] file) throws IOException {
    return InputWindow.open(new BytesSource(file), LIMITS, new Deadline(LIMITS.time()));
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

    PlayedAnimation.assertSame(
        PlayedAnimation.play(decoder).frames(), AnimatedFrame.compose(24, 18, frames));
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

    PlayedAnimation.assertSame(
        PlayedAnimation.play(decoder).frames(), AnimatedFrame.compose(24, 18, frames));
  }
}
