package dev.miniatura.internal.engine;

import dev.miniatura.internal.color.ColorConversion;
import dev.miniatura.internal.engine.Rendering.Sampling;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.resample.ResampleTarget;
import dev.miniatura.internal.resample.Resampler;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The memory of one source's thumbnails. Decoding and resampling come first; only then, when their
 * memory is free again, thumbnails are finished and encoded, one after the other.
 */
record Memory(DecodePlan decoding, ColorConversion conversion, List<Rendering> renderings) {

  /**
   * Returns the maximum number of bytes held at once.
   *
   * @param ofSource the part of decoding's that holds the source
   * @param moving bytes of animations; their frames are finished while others are decoded
   */
  long peakBytes(long ofSource, long moving) {
    RasterLayout layout = decoding.layout();
    long waiting = 0;
    if (Job.needsRgbRows(layout, renderings)) {
      waiting = RgbRows.workingBytes(layout);
      layout = RgbRows.layout(layout);
    }
    Set<Sampling> samplings = new HashSet<>();
    long resampling = 0;
    long results = 0;
    long finishing = 0;
    long files = 0;
    for (Rendering rendering : renderings) {
      Sampling sampling = rendering.sampling();
      if (samplings.add(sampling)) {
        ResampleTarget target = Fanout.target(sampling, layout, conversion);
        boolean light = sampling.averagesLight(layout.color());
        resampling += Resampler.workingBytes(layout, target, sampling.kernel(), light);
        results += Resampler.resultBytes(layout, target);
      }
      finishing = Math.max(finishing, files + Finish.workingBytes(layout, conversion, rendering));
      files += rendering.fileBytes();
    }
    long decoded = decoding.workingBytes() + waiting + resampling;
    return moving > 0
        ? decoded + finishing + moving
        : Math.max(decoded, ofSource + results + finishing);
  }
}
