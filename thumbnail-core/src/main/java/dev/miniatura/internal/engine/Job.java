package dev.miniatura.internal.engine;

import dev.miniatura.ImageInfo;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.RenderPlan;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.color.ColorConversion;
import dev.miniatura.internal.engine.Rendering.Sampling;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.resample.ResampleTarget;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All thumbnails of one source, planned: how to decode, what to make, and how much memory that
 * takes. Planning allocates nothing proportional to the image, so that limits refuse in time.
 *
 * @param animated the renderings that keep all frames
 * @param peakBytes the maximum number of bytes held at once
 * @param sourceBytes the part of them that holds the source
 */
record Job(
    ImageHeader header,
    DecodePlan decoding,
    ColorConversion conversion,
    List<Rendering> renderings,
    List<Rendering> animated,
    long peakBytes,
    long sourceBytes) {

  /**
   * How far beyond a window pixels contribute, in pixels of the result: the widest kernel's support
   * of 3, twice that for chroma of half size, plus the boxes that are averaged first.
   */
  private static final int REACH = 8;

  /**
   * Plans a job.
   *
   * @param mostBytes the memory that it may take
   */
  static Job plan(
      ImageDecoder decoder, List<ThumbnailSpec> specs, Limits limits, long mostBytes, Notes notes)
      throws IOException {
    ImageHeader header = decoder.header();
    checkSource(header, limits);
    List<Rendering> renderings = specs.stream().map(spec -> Rendering.of(spec, header)).toList();
    double wholeWidth = 1;
    double wholeHeight = 1;
    for (Rendering rendering : renderings) {
      Placement placement = rendering.placement();
      long pixels = (long) placement.canvasWidth() * placement.canvasHeight();
      check(Limits.Kind.RESULT_PIXELS, limits.resultPixels(), pixels);
      int side = Math.max(placement.canvasWidth(), placement.canvasHeight());
      check(Limits.Kind.RESULT_SIDE, rendering.encoder().maxSide(), side);
      boolean exact = rendering.spec().linearLight();
      wholeWidth = Math.max(wholeWidth, exact ? header.width() : rendering.wholeWidth(header));
      wholeHeight = Math.max(wholeHeight, exact ? header.height() : rendering.wholeHeight(header));
    }
    tellWanted(decoder, renderings, header);
    List<Rendering> animated = animated(decoder, renderings);
    Optional<AnimationDecoder> frames = decoder.animation();
    boolean moves = !animated.isEmpty() && frames.isPresent();
    if (moves) {
      check(Limits.Kind.FRAMES, limits.frames(), header.frames());
    }
    DecodePlan decoding = moves ? frames.get().planFrames() : decoder.plan(wholeWidth, wholeHeight);
    RasterLayout layout = decoding.layout();
    ColorConversion conversion = ColorConversion.of(layout, notes);
    if (conversion.isIdentity()
        && !moves
        && renderings.stream().allMatch(r -> r.sampling().target().halveChroma())) {
      decoding = decoder.plan(wholeWidth, wholeHeight, true);
    }
    long moving =
        animated.stream().mapToLong(rendering -> memory(rendering, header.frames())).sum();
    long peak =
        new Memory(decoding, conversion, renderings).peakBytes(decoder.heldOfSource(), moving);
    check(Limits.Kind.WORKING_BYTES, mostBytes, peak);
    Job job =
        new Job(header, decoding, conversion, renderings, animated, peak, decoder.heldOfSource());
    job.checkNotes(notes);
    return job;
  }

  /**
   * Tells the decoder which area the windows of all renderings need, including the reach of their
   * kernels.
   */
  private static void tellWanted(
      ImageDecoder decoder, List<Rendering> renderings, ImageHeader header) {
    if (renderings.isEmpty()) {
      return;
    }
    double left = header.width();
    double top = header.height();
    double right = 0;
    double bottom = 0;
    for (Rendering rendering : renderings) {
      ResampleTarget target = rendering.sampling().target();
      double reachX = REACH * (1 + target.windowWidth() / target.width());
      double reachY = REACH * (1 + target.windowHeight() / target.height());
      left = Math.min(left, target.x() - reachX);
      top = Math.min(top, target.y() - reachY);
      right = Math.max(right, target.x() + target.windowWidth() + reachX);
      bottom = Math.max(bottom, target.y() + target.windowHeight() + reachY);
    }
    decoder.wanted(
        (int) Math.max(0, left),
        (int) Math.max(0, top),
        (int) Math.min(header.width(), Math.ceil(right)),
        (int) Math.min(header.height(), Math.ceil(bottom)));
  }

  private static List<Rendering> animated(ImageDecoder decoder, List<Rendering> renderings) {
    boolean moves = decoder.animation().isPresent() && decoder.header().frames() > 1;
    return renderings.stream()
        .filter(r -> moves && r.spec().allFrames() && r.encoder().animations().isPresent())
        .toList();
  }

  /** Refuses a source that was tolerated with notes, if a spec is strict. */
  void checkNotes(Notes notes) throws MalformedImageException {
    if (renderings.stream().anyMatch(rendering -> rendering.spec().strict())) {
      notes.refuse(header.format());
    }
  }

  /** Returns the job for the frames after the first. */
  Job later() {
    return new Job(header, decoding, conversion, animated, animated, peakBytes, sourceBytes);
  }

  static void checkSource(ImageHeader header, Limits limits)
      throws LimitExceededException, MalformedImageException {
    if (header.width() <= 0 || header.height() <= 0) {
      throw new MalformedImageException(
          header.format(), -1, "its size is " + header.width() + " x " + header.height());
    }
    check(Limits.Kind.DIMENSION, limits.dimension(), Math.max(header.width(), header.height()));
    check(Limits.Kind.PIXELS, limits.pixels(), header.pixels());
  }

  private static void check(Limits.Kind kind, long allowed, long actual)
      throws LimitExceededException {
    if (actual > allowed) {
      throw new LimitExceededException(kind, allowed, actual);
    }
  }

  private static long memory(Rendering animated, int frames) {
    Placement placement = animated.placement();
    return animated
        .encoder()
        .animations()
        .orElseThrow()
        .workingBytes(placement.canvasWidth(), placement.canvasHeight(), frames, animated.spec());
  }

  /** Returns the distinct resamplings, in the order of the thumbnails. */
  Set<Sampling> samplings() {
    Set<Sampling> samplings = new LinkedHashSet<>();
    renderings.forEach(rendering -> samplings.add(rendering.sampling()));
    return samplings;
  }

  /** Returns whether any thumbnail averages light, which needs RGB rows. */
  boolean needsRgbRows() {
    return needsRgbRows(decoding.layout(), renderings);
  }

  static boolean needsRgbRows(RasterLayout layout, List<Rendering> renderings) {
    return layout.color() == ColorKind.YCBCR
        && renderings.stream().anyMatch(rendering -> rendering.spec().linearLight());
  }

  RenderPlan describe(ImageInfo source) {
    return new RenderPlan(
        source,
        decoding.description(),
        renderings.stream()
            .map(
                r ->
                    new RenderPlan.Output(
                        r.spec(),
                        r.placement().canvasWidth(),
                        r.placement().canvasHeight(),
                        r.format()))
            .toList(),
        peakBytes);
  }
}
