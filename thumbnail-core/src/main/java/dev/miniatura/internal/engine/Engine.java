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
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RowSink;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
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

  /** What is left to do with one resampled, still unfinished picture. */
  private interface Last<T> {
    T run(Finish finish, Raster stored, Rendering rendering) throws IOException;
  }

  public List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs)
      throws IOException {
    return render(source, specs, Finish::encode);
  }

  public BufferedImage renderImage(ImageSource source, ThumbnailSpec spec) throws IOException {
    ThumbnailSpec withAlpha = spec.format(OutputFormat.PNG);
    return render(
            source,
            List.of(withAlpha),
            (finish, stored, rendering) -> Filters.toImage(finish.pixels(stored, rendering)))
        .get(0);
  }

  private <T> List<T> render(ImageSource source, List<ThumbnailSpec> specs, Last<T> last)
      throws IOException {
    Deadline deadline = new Deadline(limits.time());
    try (InputWindow in = InputWindow.open(source, limits, deadline)) {
      ImageDecoder decoder = Decoders.open(source, in, limits);
      Notes notes = new Notes();
      Job job = Job.plan(decoder, specs, limits, notes);
      Fanout fanout = new Fanout(job, deadline, notes);
      RowSink sink = job.needsRgbRows() ? new RgbRows(fanout) : fanout;
      decoder.decode(job.decoding(), sink, notes);
      Finish finish = fanout.finish(Orientation.of(job.info().orientation()));
      List<T> results = new ArrayList<>(specs.size());
      for (Rendering rendering : job.renderings()) {
        results.add(last.run(finish, fanout.picture(rendering.sampling()), rendering));
      }
      return results;
    }
  }

  public ImageInfo probe(ImageSource source) throws IOException {
    try (InputWindow in = InputWindow.open(source, limits, new Deadline(limits.time()))) {
      return Decoders.open(source, in, limits).info();
    }
  }

  public RenderPlan plan(ImageSource source, List<ThumbnailSpec> specs) throws IOException {
    try (InputWindow in = InputWindow.open(source, limits, new Deadline(limits.time()))) {
      return Job.plan(Decoders.open(source, in, limits), specs, limits, new Notes()).describe();
    }
  }
}
