package dev.miniatura.internal.raster;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The canvas of an animation, on which frames are drawn one after the other. As in browsers, it
 * starts transparent, whatever background its file suggests; without alpha, parts that a damaged
 * first frame does not cover are gray. Pixels are 0xAARRGGBB with straight alpha.
 */
public final class FrameCanvas {

  /** What happens to a frame's area before the next frame is drawn. */
  public enum Disposal {
    /** It stays as it is. */
    KEEP,
    /** It becomes transparent. */
    CLEAR,
    /** It is restored to its content before the frame. */
    RESTORE
  }

  /**
   * Where and how a frame is drawn; within the canvas.
   *
   * @param blended whether it is blended with the canvas, rather than replacing it
   */
  public record Placed(
      int left, int top, int width, int height, boolean blended, Disposal disposal) {}

  private static final int GRAY = 0xff808080;

  private final RasterLayout layout;
  private final int[] pixels;
  private @Nullable Placed frame;
  private int[] beneath = {}; // the pixels that the frame covers, if they are to be restored

  /**
   * Creates a blank canvas.
   *
   * @param layout the layout in which {@link #push} delivers it: one plane of gray or RGB
   */
  public FrameCanvas(RasterLayout layout) {
    this.layout = layout;
    pixels = new int[Math.multiplyExact(layout.width(), layout.height())];
    if (!layout.alpha()) {
      Arrays.fill(pixels, GRAY);
    }
  }

  /**
   * Returns the bytes that a canvas takes, including the covered pixels if any are to be restored.
   */
  public static long workingBytes(long pixels, boolean restores) {
    return pixels * Integer.BYTES * (restores ? 2 : 1);
  }

  /** Disposes of the last frame, and starts the next one. */
  public void begin(Placed next) {
    if (frame != null) {
      dispose(frame);
    }
    frame = next;
    boolean restored = next.disposal == Disposal.RESTORE;
    beneath = new int[restored ? next.width * next.height : 0];
    for (int y = 0; restored && y < next.height; y++) {
      System.arraycopy(pixels, start(next, y), beneath, y * next.width, next.width);
    }
  }

  private void dispose(Placed old) {
    for (int y = 0; y < old.height; y++) {
      int start = start(old, y);
      switch (old.disposal) {
        case KEEP -> {}
        case CLEAR -> Arrays.fill(pixels, start, start + old.width, 0);
        case RESTORE -> System.arraycopy(beneath, y * old.width, pixels, start, old.width);
      }
    }
  }

  private int start(Placed area, int y) {
    return (area.top + y) * layout.width() + area.left;
  }

  /**
   * Draws one row of the frame.
   *
   * @param y row within the frame
   * @param argb the row's pixels, from index 0
   */
  public void row(int y, int[] argb) {
    if (frame == null) {
      throw new IllegalStateException("no frame was begun");
    }
    int start = start(frame, y);
    for (int x = 0; x < frame.width; x++) {
      int at = start + x;
      pixels[at] = frame.blended ? over(argb[x], pixels[at]) : argb[x];
    }
  }

  /** Lays a pixel over another (Porter and Duff), both with straight alpha. */
  private static int over(int above, int below) {
    int alpha = above >>> 24;
    int alphaBelow = below >>> 24;
    if (alpha == 255 || alphaBelow == 0) {
      return above;
    }
    if (alpha == 0) {
      return below;
    }
    int weight = 255 * alpha;
    int weightBelow = (255 - alpha) * alphaBelow;
    int both = weight + weightBelow; // 255 times the alpha of the two, at most 65,025
    int argb = (both + 127) / 255;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int sum = (above >> shift & 0xff) * weight + (below >> shift & 0xff) * weightBelow;
      argb = argb << 8 | (sum + both / 2) / both;
    }
    return argb;
  }

  /** Delivers the canvas as it is now. */
  public void push(RowSink sink) throws IOException {
    sink.begin(layout);
    int width = layout.width();
    byte[] row = new byte[width * layout.channels()];
    for (int y = 0; y < layout.height(); y++) {
      layout.interleave(pixels, y * width, row);
      sink.row(0, y, row, 0);
    }
  }
}
