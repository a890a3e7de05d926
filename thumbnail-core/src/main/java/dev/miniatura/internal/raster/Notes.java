package dev.miniatura.internal.raster;

import dev.miniatura.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/** Collects what was wrong with a source and tolerated, in words for the caller. */
public final class Notes {

  private static final int MAX_NOTES = 20; // a hostile file must not fill memory with remarks

  private final List<String> texts = new ArrayList<>();
  private final List<String> harmless = new ArrayList<>();

  /**
   * Adds a remark unless it was made before; {@code docs/tolerances.md} lists them all.
   *
   * @param format the container's name
   * @param what what is wrong
   * @param consequence what is done about it
   */
  public void add(String format, String what, String consequence) {
    add(format + ": " + what + "; " + consequence);
  }

  /**
   * Adds a remark with its place.
   *
   * @param offset where in the source, in bytes; negative if nobody knows
   */
  public void add(String format, String what, String consequence, long offset) {
    add(format, what, offset < 0 ? consequence : consequence + " (byte " + offset + ")");
  }

  /**
   * Adds a remark about a source that is as it should be, and shown otherwise than one might
   * expect: {@link #refuse} does not mind it.
   */
  public void mention(String format, String what, String consequence) {
    String text = format + ": " + what + "; " + consequence;
    if (!harmless.contains(text)) {
      harmless.add(text);
      add(text);
    }
  }

  /** Adds those of another, which was kept while nobody listened. */
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
   * Refuses a source that has remarks, for those who tolerate nothing.
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

  /** Returns the remarks so far. */
  public List<String> list() {
    return List.copyOf(texts);
  }
}
