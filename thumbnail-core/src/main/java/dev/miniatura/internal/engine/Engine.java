package dev.miniatura.internal.engine;

import dev.miniatura.BusyException;
import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.OutputFormat;
import dev.miniatura.RenderPlan;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.engine.Rendering.Sampling;
import dev.miniatura.internal.imageio.Filters;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.MemoryBudget;
import dev.miniatura.internal.io.MemoryBudget.Reservation;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RowSink;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes one source from bytes to thumbnails: open by signature, plan against the limits, reserve
 * the memory, decode once into all resamplings, finish and encode each.
 *
 * @param limits the limits for one source
 * @param budget memory that sources share
 * @param maxWait how long a source waits for memory
 * @param threads how many may decode one source at once
 * @param info makes the public form of a header, which only the API can construct
 */
public record Engine(
    Limits limits,
    MemoryBudget budget,
    Duration maxWait,
    int threads,
    Function<ImageHeader, ImageInfo> info) {

  /** Returns an engine that shares the memory of the process. */
  public static Engine of(Limits limits, Function<ImageHeader, ImageInfo> info) {
    return new Engine(limits, MemoryBudget.ofProcess(), limits.time(), 1, info);
  }

  /** Returns this engine with a memory budget of its own. */
  public Engine withBudget(MemoryBudget own) {
    return new Engine(limits, own, maxWait, threads, info);
  }

  /** Returns this engine with another maximum wait for memory. */
  public Engine withMaxWait(Duration time) {
    return new Engine(limits, budget, time, threads, info);
  }

  /** Returns this engine with another number of threads that may decode one source. */
  public Engine withThreads(int count) {
    return new Engine(limits, budget, maxWait, count, info);
  }

  /** Work on one source, with its share of the budget. */
  private interface Work<T> {
    T run(Deadline deadline, Reservation memory) throws IOException;
  }

  /**
   * Runs some work and finally releases all its memory. An exhausted heap is not the source's
   * fault.
   */
  private <T> T work(Work<T> work) throws IOException {
    Deadline deadline = new Deadline(limits.time());
    try (Reservation memory = budget.open(limits.workingBytes(), maxWait, deadline)) {
      return work.run(deadline, memory);
    } catch (OutOfMemoryError e) {
      throw new BusyException(e);
    }
  }

  /**
   * One source, decoded and resampled. It holds nothing of the decoder and the resamplers, whose
   * memory the job plans for the thumbnails.
   */
  private record Decoded(
      List<Rendering> renderings,
      ImageInfo info,
      Map<Sampling, Raster> pictures,
      Finish finish,
      Animation animation) {

    Thumbnail thumbnail(Rendering rendering, int threads) {
      return animation
          .thumbnail(rendering, info)
          .orElseGet(() -> finish.encode(picture(rendering), rendering, info, threads));
    }

    BufferedImage image(Rendering rendering) {
      return Filters.toImage(finish.pixels(picture(rendering), rendering));
    }

    private Raster picture(Rendering rendering) {
      return Objects.requireNonNull(pictures.get(rendering.sampling()));
    }
  }

  public List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs)
      throws IOException {
    return work(
        (deadline, memory) -> {
          Decoded decoded = decode(source, specs, deadline, memory);
          List<Thumbnail> thumbnails = new ArrayList<>();
          for (Rendering rendering : decoded.renderings()) {
            deadline.check();
            thumbnails.add(decoded.thumbnail(rendering, threads));
          }
          return List.copyOf(thumbnails);
        });
  }

  public BufferedImage renderImage(ImageSource source, ThumbnailSpec spec) throws IOException {
    ThumbnailSpec withAlpha = spec.format(OutputFormat.PNG);
    return work(
        (deadline, memory) -> {
          Decoded decoded = decode(source, List.of(withAlpha), deadline, memory);
          return decoded.image(decoded.renderings().get(0));
        });
  }

  /**
   * Opens the bytes of a source; none for a decoded picture, which would have to be encoded first.
   */
  private InputWindow open(ImageSource source, Deadline deadline, Reservation memory)
      throws IOException {
    ImageSource read = source instanceof RasterSource ? ImageSource.of(new byte[0]) : source;
    return InputWindow.open(read, limits, deadline, memory);
  }

  private Decoded decode(
      ImageSource source, List<ThumbnailSpec> specs, Deadline deadline, Reservation memory)
      throws IOException {
    try (InputWindow in = open(source, deadline, memory)) {
      ImageDecoder decoder = Decoders.open(source, in, limits, threads);
      Notes notes = new Notes();
      Job job = Job.plan(decoder, specs, limits, memory.most(), notes);
      memory.plan(job.peakBytes(), job.sourceBytes());
      Fanout fanout = new Fanout(job, deadline, notes);
      RowSink sink = job.needsRgbRows() ? new RgbRows(fanout) : fanout;
      job.decoding().decode(sink, notes);
      Finish finish = fanout.finish();
      Animation animation = new Animation(finish, notes);
      Optional<AnimationDecoder> frames = decoder.animation();
      if (frames.isPresent() && !job.animated().isEmpty()) {
        animation.play(frames.get(), job, fanout, deadline);
      }
      job.checkNotes(notes);
      return new Decoded(
          job.renderings(), info.apply(job.header()), fanout.pictures(), finish, animation);
    }
  }

  public ImageInfo probe(ImageSource source) throws IOException {
    return work(
        (deadline, memory) -> {
          try (InputWindow in = open(source, deadline, memory)) {
            return info.apply(Decoders.open(source, in, limits, threads).header());
          }
        });
  }

  public RenderPlan plan(ImageSource source, List<ThumbnailSpec> specs) throws IOException {
    return work(
        (deadline, memory) -> {
          try (InputWindow in = open(source, deadline, memory)) {
            ImageDecoder decoder = Decoders.open(source, in, limits, threads);
            Job job = Job.plan(decoder, specs, limits, memory.most(), new Notes());
            return job.describe(info.apply(job.header()));
          }
        });
  }
}
