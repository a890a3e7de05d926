package dev.miniatura.lambda;

import java.util.Locale;

/**
 * The order of the events of one key: hexadecimal digits, compared as text after the shorter one is
 * filled up with zeros on the right, as the notification format of S3 has it.
 *
 * @param digits the digits, in capitals and without trailing zeros
 */
record Sequencer(String digits) implements Comparable<Sequencer> {

  static Sequencer of(String text) {
    return new Sequencer(text.toUpperCase(Locale.ROOT).replaceFirst("0+$", ""));
  }

  /** A text with trailing zeros left out comes before the same text with more behind it. */
  @Override
  public int compareTo(Sequencer other) {
    return digits.compareTo(other.digits);
  }
}
