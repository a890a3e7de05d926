package dev.miniatura.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The maximum number of images begun per second. Used by one thread at a time. */
final class Rate {

  /** Reads {@code 50/s}. */
  static final class Converter implements ITypeConverter<Rate> {

    private static final Pattern PER_SECOND = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(?:/s)?");

    @Override
    public Rate convert(String text) {
      Matcher matcher = PER_SECOND.matcher(text);
      if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
        throw new TypeConversionException("'" + text + "' does not look like 50/s");
      }
      return new Rate(Double.parseDouble(matcher.group(1)));
    }
  }

  private final double perSecond;
  private long next = System.nanoTime();

  Rate(double perSecond) {
    this.perSecond = perSecond;
  }

  double perSecond() {
    return perSecond;
  }

  /** Waits until the next image may begin; returns at once when interrupted. */
  void await() {
    long wait = next - System.nanoTime();
    if (wait > 0) {
      try {
        Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    next = Math.max(next, System.nanoTime()) + (long) (1e9 / perSecond);
  }
}
