package dev.miniatura.cli;

import dev.miniatura.storage.ImageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.stream.Stream;

/** Reports whether images can be reached, and checks at most every few seconds. */
final class Readiness {

  private static final long PERIOD = Duration.ofSeconds(5).toNanos();

  private final ImageStore source;
  private final String prefix;
  private boolean ready;
  private long asked = System.nanoTime() - PERIOD;

  Readiness(ImageStore source, String prefix) {
    this.source = source;
    this.prefix = prefix;
  }

  synchronized boolean isReady() {
    if (System.nanoTime() - asked >= PERIOD) {
      ready = ask();
      asked = System.nanoTime();
    }
    return ready;
  }

  private boolean ask() {
    try (Stream<?> images = source.list(prefix)) {
      var unused = images.findFirst();
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
