package dev.miniatura.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar in the last line of a terminal, with room for lines above it. Thread-safe. */
final class Bar implements AutoCloseable {

  /** Goes to the beginning of the line and erases it (ECMA-48, EL). */
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final ProgressBar bar;
  private String shown = "";

  /**
   * Shows a bar.
   *
   * @param out the terminal
   * @param columns its width; 0 to ask the terminal
   * @param total the number of steps
   */
  Bar(PrintStream out, int columns, long total) {
    this.out = out;
    ConsoleProgressBarConsumer consumer =
        columns == 0 ? new LastLine(out) : new LastLine(out, columns);
    bar =
        new ProgressBarBuilder()
            .setTaskName("thumbnails")
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(consumer)
            .build();
  }

  void step() {
    bar.step();
  }

  /** Writes a line above the bar. */
  synchronized void line(String text) {
    out.print(CLEAR + text + System.lineSeparator() + shown);
    out.flush();
  }

  private synchronized void show(String text) {
    shown = text;
    out.print("\r" + text);
    out.flush();
  }

  /** Leaves the bar where it is, and the cursor below it. */
  @Override
  public void close() {
    bar.close();
  }

  private final class LastLine extends ConsoleProgressBarConsumer {

    LastLine(PrintStream out) {
      super(out);
    }

    LastLine(PrintStream out, int columns) {
      super(out, columns);
    }

    @Override
    public void accept(String text) {
      int columns = getMaxRenderedLength();
      show(text.length() > columns ? text.substring(0, columns) : text);
    }
  }
}
