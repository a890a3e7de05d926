package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.webp.WebpDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An animation as one of our decoders shows it.
 *
 * @param delays in milliseconds
 */
record PlayedAnimation(List<BufferedImage> frames, List<Integer> delays, int plays) {

  /** Plays a WebP once; a still is one frame. */
  static PlayedAnimation ofWebp(byte[] file) throws IOException {
    Limits limits = Limits.defaults();
    return play(
        WebpDecoder.open(SourceBytes.of(file), new Deadline(limits.time()), limits)
            .animation()
            .orElseThrow());
  }

  /** Plays an animation once. */
  static PlayedAnimation play(AnimationDecoder decoder) throws IOException {
    DecodePlan plan = decoder.planFrames();
    RasterLayout layout = plan.layout();
    List<BufferedImage> frames = new ArrayList<>();
    List<Integer> delays = new ArrayList<>();
    Notes notes = new Notes();
    BufferedImage image = blank(layout);
    plan.decode(into(image, layout), notes);
    do {
      frames.add(image);
      delays.add(decoder.delayMillis());
      image = blank(layout);
    } while (decoder.nextFrame(into(image, layout), notes));
    assertThat(notes.list()).isEmpty();
    return new PlayedAnimation(frames, delays, decoder.plays());
  }

  private static BufferedImage blank(RasterLayout layout) {
    return new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_INT_ARGB);
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

  /** Compares pictures. The colors of fully transparent pixels do not count. */
  static void assertSame(List<BufferedImage> actual, List<BufferedImage> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      for (int y = 0; y < expected.get(i).getHeight(); y++) {
        for (int x = 0; x < expected.get(i).getWidth(); x++) {
          assertThat(visible(actual.get(i), x, y))
              .as("frame %d, %d %d", i, x, y)
              .isEqualTo(visible(expected.get(i), x, y));
        }
      }
    }
  }

  /** Returns a pixel, 0 if it is transparent. */
  static int visible(BufferedImage image, int x, int y) {
    int argb = image.getRGB(x, y);
    return argb >>> 24 == 0 ? 0 : argb;
  }
}
