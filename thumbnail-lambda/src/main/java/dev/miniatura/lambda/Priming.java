package dev.miniatura.lambda;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.crac.Context;
import org.crac.Resource;

/**
 * Runs before SnapStart takes its snapshot, so that the snapshot has decoders, encoders and the
 * client loaded and compiled. A function without SnapStart never runs this.
 */
final class Priming implements Resource {

  private static final int SIDE = 512;
  private static final int ROUNDS = 3;
  private static final String NO_SUCH_KEY = "miniatura-priming";

  private final Configuration configuration;
  private final Stores stores;

  Priming(Configuration configuration, Stores stores) {
    this.configuration = configuration;
    this.stores = stores;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    prime();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {}

  /**
   * Makes the configured thumbnails of a JPEG and a PNG, and requests an object from the stores.
   */
  void prime() throws IOException {
    Thumbnailer thumbnailer = Thumbnailer.create(configuration.limits());
    List<ThumbnailSpec> specs = List.copyOf(configuration.specs().values());
    for (OutputFormat format : List.of(OutputFormat.JPEG, OutputFormat.PNG)) {
      Thumbnail image =
          thumbnailer.render(
              ImageSource.of(picture()), ThumbnailSpec.fit(SIDE, SIDE).format(format));
      for (int round = 0; round < ROUNDS; round++) {
        thumbnailer.renderAll(ImageSource.of(image.bytes()), specs);
      }
    }
    try {
      stores.source().stat(configuration.source().prefix() + NO_SUCH_KEY);
      stores.destination().stat(configuration.destination().prefix() + NO_SUCH_KEY);
      if (stores.catalog().isPresent()) {
        stores.catalog().get().record(Optional.empty(), removed(), Instant.EPOCH);
      }
    } catch (IOException e) {
      // The answer does not matter: a bucket that is not ready must not prevent a deployment.
      return;
    }
  }

  /**
   * Returns the outcome of a removal that deletes nothing; recording it needs only permissions that
   * the function has anyway.
   */
  private Outcome removed() {
    Outcome.Timing none =
        new Outcome.Timing(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);
    return new Outcome.Removed(configuration.source().prefix() + NO_SUCH_KEY, List.of(), none);
  }

  private static BufferedImage picture() {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        picture.setRGB(x, y, (x * y) ^ (x << 16) ^ (y << 8));
      }
    }
    return picture;
  }
}
