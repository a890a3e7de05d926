package dev.miniatura.lambda;

import java.util.Locale;

/**
 * The order of the events of one key: hexadecimal digits, compared as text after the shorter one is
 * padded with zeros on the right, as S3's notification format specifies.
 *
 * @param digits the digits, in capitals and without trailing zeros
 */
record Sequencer(String digits) implements Comparable<Sequencer> {

  static Sequencer of(String text) {
    return new Sequencer(text.toUpperCase(Locale.ROOT).replaceFirst("0+$", ""));
  }

  /** Without trailing zeros, a text sorts before any longer text that starts with it. */
  @Override
  public int compareTo(Sequencer other) {
    return digits.compareTo(other.digits);
  }
}
