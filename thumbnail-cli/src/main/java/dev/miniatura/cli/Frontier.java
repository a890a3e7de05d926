package dev.miniatura.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key up to which everything is done, when keys are begun in order and end in any order. The
 * note of a key is handed out once everything before it is done, so that notes are in key order and
 * never ahead of {@link #last}. Holds only keys in progress, and those that ended before an earlier
 * one did. Thread-safe.
 */
final class Frontier {

  /** The state of a key that was begun. */
  private record State(boolean ended, Optional<String> note) {}

  private final Map<String, State> begun = new LinkedHashMap<>();
  private String last;

  /**
   * Creates a frontier.
   *
   * @param last the key up to which everything is already done, or {@code ""}
   */
  Frontier(String last) {
    this.last = last;
  }

  synchronized void begin(String key) {
    begun.put(key, new State(false, Optional.empty()));
  }

  /**
   * Records that a key has ended.
   *
   * @param note what to remember about it
   * @return the notes of all keys that are now done together with everything before them; the key's
   *     own note if it was not begun here
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

  /** Returns the last key up to which everything is done; {@code ""} if there is none. */
  synchronized String last() {
    return last;
  }
}
