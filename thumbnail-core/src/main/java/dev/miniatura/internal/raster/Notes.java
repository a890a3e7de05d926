package dev.miniatura.internal.raster;

import dev.miniatura.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/** Collects the tolerated problems of a source, in words for the caller. */
public final class Notes {

  private static final int MAX_NOTES = 20; // a hostile file must not fill memory with notes

  private final List<String> texts = new ArrayList<>();
  private final List<String> harmless = new ArrayList<>();

  /**
   * Adds a note unless it was added before; {@code docs/tolerances.md} lists all notes.
   *
   * @param format the container's name
   * @param what the problem
   * @param consequence what is done about it
   */
  public void add(String format, String what, String consequence) {
    add(format + ": " + what + "; " + consequence);
  }

  /**
   * Adds a note with its position.
   *
   * @param offset byte position in the source; negative if unknown
   */
  public void add(String format, String what, String consequence, long offset) {
    add(format, what, offset < 0 ? consequence : consequence + " (byte " + offset + ")");
  }

  /**
   * Adds a note about a source that is valid, but is not shown as one might expect. Such notes do
   * not count for {@link #refuse}.
   */
  public void mention(String format, String what, String consequence) {
    String text = format + ": " + what + "; " + consequence;
    if (!harmless.contains(text)) {
      harmless.add(text);
      add(text);
    }
  }

  /** Adds the notes of another instance. */
  public void addAll(Notes others) {
    others.texts.forEach(this::add);
    harmless.addAll(others.harmless);
  }

  private void add(String text) {
    if (texts.size() < MAX_NOTES && !texts.contains(text)) {
      texts.add(text);
    }
  }

  /**
   * Refuses a source that has notes, for callers that tolerate nothing.
   *
   * @param format the container's name
   */
  public void refuse(String format) throws MalformedImageException {
    List<String> damage = texts.stream().filter(text -> !harmless.contains(text)).toList();
    if (!damage.isEmpty()) {
      String own = format + ": ";
      String reason = String.join("; ", damage);
      throw new MalformedImageException(
          format, -1, reason.startsWith(own) ? reason.substring(own.length()) : reason);
    }
  }

  /** Returns the notes so far. */
  public List<String> list() {
    return List.copyOf(texts);
  }
}
