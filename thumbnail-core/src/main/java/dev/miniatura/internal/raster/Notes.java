package dev.miniatura.internal.raster;

import java.util.ArrayList;
import java.util.List;

/** Collects what was wrong with a source and tolerated, in words for the caller. */
public final class Notes {

  private static final int MOST = 20; // a hostile file must not fill memory with remarks

  private final List<String> texts = new ArrayList<>();

  /** Adds a remark unless it was made before. */
  public void add(String text) {
    if (texts.size() < MOST && !texts.contains(text)) {
      texts.add(text);
    }
  }

  /** Returns the remarks so far. */
  public List<String> list() {
    return List.copyOf(texts);
  }
}
