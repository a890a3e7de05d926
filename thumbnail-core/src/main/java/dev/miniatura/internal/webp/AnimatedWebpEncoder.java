package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import dev.miniatura.internal.raster.Raster;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes animated WebP files (RFC 9649, section 2.7). Frames are passed as whole pictures; only the
 * rectangle in which something changes is stored. Whether it is blended with the canvas, replaces
 * it, or follows a cleared area, and whether it is lossy, unless everything is to be lossless, is
 * decided by the number of bytes. A frame that changes nothing extends the previous one.
 *
 * <p>Nothing flickers: a pixel that does not change is not drawn again or, if it must be, is drawn
 * as shown, losses included, except for pixels among others that change. Drawings are never coded
 * lossily, because errors around something that moves would remain on their flat areas; unless
 * everything is to be lossless, they are shown in {@link FewColors}.
 *
 * <p>A frame is held back until the next one is known, because its area may have to be cleared
 * before that.
 */
public final class AnimatedWebpEncoder {

  /** The maximum number of plays. */
  public static final int MAX_PLAYS = 0xffff;

  /** The longest display time of a frame in milliseconds; a longer frame becomes several. */
  private static final int MAX_MILLIS = (1 << 24) - 1;

  private static final int REPLACES = 2; // flags of a frame
  private static final int CLEARS = 1;
  private static final int[] NO_PIXELS = {};

  private final LossyWebpOptions options;
  private final boolean lossless;
  private final int plays;
  private final List<byte[]> written = new ArrayList<>();
  private final FewColors colors = new FewColors();

  private int width;
  private int height;
  private int[] given = NO_PIXELS; // the most recently added frame
  private int[] shown = NO_PIXELS; // the same as players show it
  private @Nullable CodedPart held;
  private long millis; // its display time
  private boolean transparent;

  /**
   * Creates an encoder for one file.
   *
   * @param lossless whether no frame may be lossy
   * @param plays how often the animation plays; 0 means forever
   */
  public AnimatedWebpEncoder(LossyWebpOptions options, boolean lossless, int plays) {
    this.options = options;
    this.lossless = lossless;
    this.plays = Math.min(plays, MAX_PLAYS);
  }

  /**
   * Adds a frame.
   *
   * @param raster gray or RGB, with or without alpha, of the size of the first frame
   * @param delayMillis how long it is shown, at least 0
   */
  public void addFrame(Raster raster, int delayMillis) {
    int[] next = LosslessWebpEncoder.argb(raster);
    for (int i = 0; i < next.length; i++) {
      next[i] = next[i] >>> 24 == 0 ? 0 : next[i]; // the color is invisible
    }
    CodedPart before = held;
    if (before == null) {
      begin(raster);
    } else if (raster.width() != width || raster.height() != height) {
      throw new IllegalArgumentException("all frames of a WebP must have the same size");
    }
    if (before == null || !Arrays.equals(given, next)) {
      boolean drawing = FewColors.isDrawing(next, width);
      int[] target = drawing && !lossless ? colors.of(raster, next, () -> lossyError(next)) : next;
      draw(before, next, target, drawing);
      millis = 0;
    }
    given = next;
    millis += delayMillis;
  }

  private void begin(Raster raster) {
    width = raster.width();
    height = raster.height();
    if (Math.max(width, height) > LossyWebpEncoder.MAX_SIDE) {
      throw new IllegalArgumentException("a WebP has at most 16,383 pixels a side");
    }
    given = new int[width * height];
    Arrays.fill(given, 1); // a color that no picture has, so that everything is drawn
    shown = new int[width * height];
  }

  private double lossyError(int[] argb) {
    Placed whole = new Placed(0, 0, width, height, false, Disposal.KEEP);
    return FewColors.error(argb, CodedPart.lossy(new AnimationPart(whole, argb), options).shown());
  }

  /** Codes a frame in the way that takes the fewest bytes, and writes the previous one. */
  private void draw(@Nullable CodedPart before, int[] next, int[] target, boolean drawing) {
    AnimationPart.Finder finder =
        new AnimationPart.Finder(width, height, given, shown, next, target);
    CodedPart best = smallest(finder, shown, drawing);
    boolean clears = false;
    if (before != null && millis <= MAX_MILLIS && !finder.blends(shown)) {
      int[] blank = cleared(before.placed());
      CodedPart other = smallest(finder, blank, drawing);
      clears = other.chunks().length < best.chunks().length;
      if (clears) {
        best = other;
        shown = blank;
      }
    }
    if (before != null) {
      write(before, clears);
    }
    best.draw(shown, width);
    held = best;
  }

  private int[] cleared(Placed area) {
    int[] blank = shown.clone();
    for (int y = area.top(); y < area.top() + area.height(); y++) {
      int start = y * width + area.left();
      Arrays.fill(blank, start, start + area.width(), 0);
    }
    return blank;
  }

  private CodedPart smallest(AnimationPart.Finder finder, int[] base, boolean drawing) {
    boolean blends = finder.blends(base);
    AnimationPart lossy = null;
    if (!lossless && !drawing) {
      lossy = blends ? finder.lossyOver(base) : finder.lossyReplacing(base);
    }
    CodedPart best = lossy == null ? null : CodedPart.lossy(lossy, options);
    AnimationPart exact = blends ? finder.over(base) : finder.replacing(base);
    if (best == null || best.transparent()) {
      best = smaller(best, CodedPart.lossless(exact));
      AnimationPart whole = finder.replacing(base);
      if (!Arrays.equals(whole.argb(), exact.argb())) {
        best = smaller(best, CodedPart.lossless(whole));
      }
    }
    return best;
  }

  private static CodedPart smaller(@Nullable CodedPart one, CodedPart other) {
    return one != null && one.chunks().length <= other.chunks().length ? one : other;
  }

  private void write(CodedPart part, boolean clears) {
    transparent |= part.transparent();
    writeFrame(part, Math.min(millis, MAX_MILLIS), clears);
    for (long rest = millis - MAX_MILLIS; rest > 0; rest -= MAX_MILLIS) {
      writeFrame(CodedPart.nothing(), Math.min(rest, MAX_MILLIS), false);
    }
  }

  private void writeFrame(CodedPart part, long duration, boolean clears) {
    Placed placed = part.placed();
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    RiffWriter.number(header, 3, placed.left() / 2);
    RiffWriter.number(header, 3, placed.top() / 2);
    RiffWriter.number(header, 3, placed.width() - 1);
    RiffWriter.number(header, 3, placed.height() - 1);
    RiffWriter.number(header, 3, (int) duration);
    header.write((placed.blended() ? 0 : REPLACES) | (clears ? CLEARS : 0));
    header.writeBytes(part.chunks());
    written.add(new RiffWriter().chunk("ANMF", header.toByteArray()).chunks());
  }

  /** Returns the number of frames that change something. */
  public int frames() {
    return written.size() + (held == null ? 0 : 1);
  }

  /** Returns the file, which has at least one frame. Called once. */
  public byte[] finish() {
    CodedPart last = held;
    if (last == null) {
      throw new IllegalStateException("an animation has at least one frame");
    }
    write(last, false);
    byte[] profile = options.iccProfile();
    RiffWriter out = new RiffWriter();
    int flags =
        RiffWriter.ANIMATION_FLAG
            | (transparent ? RiffWriter.ALPHA_FLAG : 0)
            | (profile == null ? 0 : RiffWriter.ICC_FLAG);
    out.extended(width, height, flags);
    if (profile != null) {
      out.chunk("ICCP", profile);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    RiffWriter.number(whole, 4, 0); // the background, which players treat as transparent
    RiffWriter.number(whole, 2, plays);
    out.chunk("ANIM", whole.toByteArray());
    written.forEach(out::add);
    return out.file();
  }
}
