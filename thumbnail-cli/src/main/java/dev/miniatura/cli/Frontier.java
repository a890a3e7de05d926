package dev.miniatura.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key up to which everything is done, when keys are begun in order and end in any order. What
 * is to be remembered of a key is handed out when everything in front of it is done, so that it is
 * in the order of the keys and never ahead of {@link #last}. Holds those keys only that are being
 * worked on, and those that ended before one in front of them. Thread-safe.
 */
final class Frontier {

  /** What is known of a key that was begun. */
  private record State(boolean ended, Optional<String> note) {}

  private final Map<String, State> begun = new LinkedHashMap<>();
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
    begun.put(key, new State(false, Optional.empty()));
  }

  /**
   * Notes that a key has ended.
   *
   * @param note what is to be remembered of it
   * @return the notes of all keys that are done now with everything in front of them; the key's own
   *     if it was not begun here
   */
  synchronized List<String> end(String key, Optional<String> note) {
    if (begun.replace(key, new State(true, note)) == null) {
      return note.stream().toList();
    }
    List<String> notes = new ArrayList<>();
    Iterator<Map.Entry<String, State>> oldest = begun.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, State> entry = oldest.next();
      if (!entry.getValue().ended()) {
        break;
      }
      last = entry.getKey();
      entry.getValue().note().ifPresent(notes::add);
      oldest.remove();
    }
    return notes;
  }

  /** Returns the last key of those before which none is left to do; {@code ""} if there is none. */
  synchronized String last() {
    return last;
  }
}
