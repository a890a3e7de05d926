package dev.miniatura.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses the intended word. */
final class Typos {

  /** With more than two wrong letters it is another word. */
  private static final int MAX_DISTANCE = 2;

  private Typos() {}

  /**
   * Returns the word that can be reached by adding, removing, replacing or swapping a few letters.
   */
  static Optional<String> closest(String typed, Collection<String> words) {
    return words.stream()
        .filter(word -> distance(typed, word) <= Math.min(MAX_DISTANCE, word.length() / 2))
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /** Optimal string alignment: two swapped neighbors count once. */
  private static int distance(String one, String other) {
    int[][] steps = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
        best = Math.min(best, steps[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          best = Math.min(best, steps[i - 2][j - 2] + 1);
        }
        steps[i][j] = best;
      }
    }
    return steps[one.length()][other.length()];
  }
}
