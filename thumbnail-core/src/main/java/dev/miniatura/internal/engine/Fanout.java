package dev.miniatura.internal.engine;

import dev.miniatura.internal.color.ColorConversion;
import dev.miniatura.internal.engine.Rendering.Sampling;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.resample.ResampleTarget;
import dev.miniatura.internal.resample.Resampler;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Passes every row of one decode to every distinct resampling, and returns their pictures. */
final class Fanout implements RowSink {

  private final Job job;
  private final Deadline deadline;
  private final Notes notes;
  private final Map<Sampling, Resampler> resamplers = new LinkedHashMap<>();
  private final Map<Sampling, Raster> pictures = new HashMap<>();
  private Resampler[] all = {};
  private @Nullable RasterLayout layout;
  private @Nullable ColorConversion conversion;

  Fanout(Job job, Deadline deadline, Notes notes) {
    this.job = job;
    this.deadline = deadline;
    this.notes = notes;
  }

  @Override
  public void begin(RasterLayout announced) {
    layout = announced;
    RasterLayout planned = job.decoding().layout();
    boolean asPlanned =
        announced.color() == planned.color()
            && announced.weights().equals(planned.weights())
            && Arrays.equals(announced.iccProfile(), planned.iccProfile());
    ColorConversion toSrgb = asPlanned ? job.conversion() : ColorConversion.of(announced, notes);
    conversion = toSrgb;
    for (Sampling sampling : job.samplings()) {
      resamplers.put(
          sampling,
          new Resampler(
              announced,
              target(sampling, announced, toSrgb),
              sampling.kernel(),
              sampling.averagesLight(announced.color())));
    }
    all = resamplers.values().toArray(new Resampler[0]);
  }

  /** Returns what to resample to: chroma can be halved only if nothing has to be converted. */
  static ResampleTarget target(Sampling sampling, RasterLayout layout, ColorConversion conversion) {
    boolean planar =
        layout.color() == ColorKind.YCBCR && !layout.alpha() && conversion.isIdentity();
    return planar ? sampling.target() : sampling.target().withFullChroma();
  }

  @Override
  public void row(int plane, int y, byte[] samples, int offset) throws IOException {
    deadline.check();
    for (Resampler resampler : all) {
      resampler.row(plane, y, samples, offset);
    }
  }

  /** Returns the resampled picture as stored, neither oriented nor converted. */
  Raster picture(Sampling sampling) {
    return pictures.computeIfAbsent(
        sampling, key -> Objects.requireNonNull(resamplers.get(key)).finish());
  }

  /** Returns the resampled pictures as stored. */
  Map<Sampling, Raster> pictures() {
    resamplers.keySet().forEach(this::picture);
    return pictures;
  }

  /** Returns the step that turns those pictures into thumbnails. */
  Finish finish() {
    return new Finish(
        Objects.requireNonNull(conversion), Objects.requireNonNull(layout).iccProfile(), notes);
  }
}
