package dev.miniatura.internal.engine;

import dev.miniatura.ImageInfo;
import dev.miniatura.Thumbnail;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.output.AnimationEncoder;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Optional;

/** The animated thumbnails of one source: each frame is finished like a still, then written. */
final class Animation {

  /**
   * As in browsers, frames with no delay, or a shorter one than screens can show, get a longer one.
   */
  private static final int MIN_MILLIS = 11;

  private static final int USUAL_MILLIS = 100;

  private final Finish finish;
  private final Notes notes;
  private final IdentityHashMap<Rendering, File> files = new IdentityHashMap<>();

  /** One thumbnail being written. */
  private static final class File {
    final AnimationEncoder.Writer writer;
    int width;
    int height;

    File(AnimationEncoder.Writer writer) {
      this.writer = writer;
    }
  }

  Animation(Finish finish, Notes notes) {
    this.finish = finish;
    this.notes = notes;
  }

  /**
   * Makes the thumbnails that keep all frames.
   *
   * @param still the still picture, already decoded; shown if there is no frame
   */
  void play(AnimationDecoder frames, Job job, Fanout still, Deadline deadline) throws IOException {
    for (Rendering rendering : job.animated()) {
      AnimationEncoder encoder = rendering.encoder().animations().orElseThrow();
      Optional<byte[]> profile = finish.embedded(still.picture(rendering.sampling()), rendering);
      files.put(rendering, new File(encoder.begin(rendering.spec(), frames.plays(), profile)));
    }
    boolean any = frames.stillIsFrame();
    if (any) {
      add(still, frames.delayMillis());
    }
    Job later = job.later();
    Fanout next = new Fanout(later, deadline, notes);
    while (frames.nextFrame(next, notes)) {
      add(next, frames.delayMillis());
      any = true;
      next = new Fanout(later, deadline, notes);
    }
    if (!any) {
      add(still, 0);
    }
  }

  private void add(Fanout frame, int delayMillis) {
    files.forEach(
        (rendering, file) -> {
          Raster picture = finish.pixels(frame.picture(rendering.sampling()), rendering);
          file.writer.add(picture, delayMillis < MIN_MILLIS ? USUAL_MILLIS : delayMillis);
          file.width = picture.width();
          file.height = picture.height();
        });
  }

  /** Returns the thumbnail, if it is animated. */
  Optional<Thumbnail> thumbnail(Rendering rendering, ImageInfo source) {
    return Optional.ofNullable(files.get(rendering))
        .map(
            file ->
                new Thumbnail(
                    file.writer.finish(),
                    file.width,
                    file.height,
                    rendering.format(),
                    source,
                    notes.list()));
  }
}
