package dev.miniatura.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The key up to which everything is done, when keys are begun in order and end in any order. Holds
 * those only that are being worked on, and those that ended before one in front of them.
 * Thread-safe.
 */
final class Frontier {

  private final Map<String, Boolean> begun = new LinkedHashMap<>(); // and whether it has ended
  private String last;

  /**
   * Creates a frontier.
   *
   * @param last the key up to which everything is done already, or {@code ""}
   */
  Frontier(String last) {
    this.last = last;
  }

  synchronized void begin(String key) {
    begun.put(key, false);
  }

  /** Notes that a key has ended; one that was not begun is of no interest. */
  synchronized void end(String key) {
    begun.replace(key, true);
    Iterator<Map.Entry<String, Boolean>> oldest = begun.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Boolean> entry = oldest.next();
      if (!entry.getValue()) {
        return;
      }
      last = entry.getKey();
      oldest.remove();
    }
  }

  /** Returns the last key of those before which none is left to do; {@code ""} if there is none. */
  synchronized String last() {
    return last;
  }
}
