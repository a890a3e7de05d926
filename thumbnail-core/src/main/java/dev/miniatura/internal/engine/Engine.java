package dev.miniatura.internal.engine;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.OutputFormat;
import dev.miniatura.RenderPlan;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.imageio.Filters;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RowSink;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/**
 * Follows one source from bytes to thumbnails: open by signature, plan against the limits, decode
 * once into all resamplings, finish and encode each.
 */
public final class Engine {

  private final Limits limits;

  public Engine(Limits limits) {
    this.limits = limits;
  }

  /** One source, decoded and resampled; what is left takes no more than thumbnails do. */
  private record Decoded(Job job, Fanout fanout, Finish finish, Animation animation) {

    Thumbnail thumbnail(Rendering rendering) {
      Thumbnail moving = animation.thumbnail(rendering, job.info());
      return moving != null
          ? moving
          : finish.encode(fanout.picture(rendering.sampling()), rendering, job.info());
    }

    BufferedImage image(Rendering rendering) {
      return Filters.toImage(finish.pixels(fanout.picture(rendering.sampling()), rendering));
    }
  }

  public List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs)
      throws IOException {
    Decoded decoded = decode(source, specs);
    return decoded.job().renderings().stream().map(decoded::thumbnail).toList();
  }

  public BufferedImage renderImage(ImageSource source, ThumbnailSpec spec) throws IOException {
    ThumbnailSpec withAlpha = spec.format(OutputFormat.PNG);
    Decoded decoded = decode(source, List.of(withAlpha));
    return decoded.image(decoded.job().renderings().get(0));
  }

  /** A decoded picture has no bytes to read; asked for them, it would have itself rendered. */
  private InputWindow open(ImageSource source, Deadline deadline) throws IOException {
    ImageSource read = source instanceof RasterSource ? ImageSource.of(new byte[0]) : source;
    return InputWindow.open(read, limits, deadline);
  }

  private Decoded decode(ImageSource source, List<ThumbnailSpec> specs) throws IOException {
    Deadline deadline = new Deadline(limits.time());
    try (InputWindow in = open(source, deadline)) {
      ImageDecoder decoder = Decoders.open(source, in, limits);
      Notes notes = new Notes();
      Job job = Job.plan(decoder, specs, limits, notes);
      Fanout fanout = new Fanout(job, deadline, notes);
      RowSink sink = job.needsRgbRows() ? new RgbRows(fanout) : fanout;
      job.decoding().decode(sink, notes);
      Finish finish = fanout.finish();
      Animation animation = new Animation(finish, notes);
      if (decoder instanceof AnimationDecoder frames && !job.animated().isEmpty()) {
        animation.play(frames, job, fanout, deadline);
      }
      job.checkNotes(notes);
      return new Decoded(job, fanout, finish, animation);
    }
  }

  public ImageInfo probe(ImageSource source) throws IOException {
    try (InputWindow in = open(source, new Deadline(limits.time()))) {
      return Decoders.open(source, in, limits).info();
    }
  }

  public RenderPlan plan(ImageSource source, List<ThumbnailSpec> specs) throws IOException {
    try (InputWindow in = open(source, new Deadline(limits.time()))) {
      return Job.plan(Decoders.open(source, in, limits), specs, limits, new Notes()).describe();
    }
  }
}
