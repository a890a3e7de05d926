package dev.miniatura.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A progress bar in the last line of a terminal, with room for lines above it. Thread-safe. */
final class Bar implements AutoCloseable {

  /** Goes to the beginning of the line and erases it (ECMA-48, EL). */
  private static final String CLEAR = "\r\u001b[K";

  /** For terminals that do not tell their width. */
  private static final int USUAL_COLUMNS = 80;

  private static final int LEAST_COLUMNS = 10;

  private final PrintStream out;
  private final ProgressBar bar;
  private String shown = "";

  /**
   * Shows a bar.
   *
   * @param out the terminal
   * @param columns returns its width
   * @param total the number of steps
   */
  Bar(PrintStream out, IntSupplier columns, long total) {
    this.out = out;
    bar =
        new ProgressBarBuilder()
            .setTaskName("thumbnails")
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new LastLine(columns))
            .build();
  }

  /** Shows a bar on the terminal of this process. */
  static Bar onTerminal(PrintStream out, long total) {
    Terminal terminal;
    try {
      // The progress bar's own would take Ctrl-C from the JVM, which then ends without a report
      terminal = TerminalBuilder.builder().nativeSignals(false).dumb(true).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Bar(
        out,
        () -> {
          int columns = terminal.getWidth();
          return (columns < LEAST_COLUMNS ? USUAL_COLUMNS : columns) - 1;
        },
        total);
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

    private final IntSupplier columns;

    LastLine(IntSupplier columns) {
      super(out);
      this.columns = columns;
    }

    @Override
    public int getMaxRenderedLength() {
      return columns.getAsInt();
    }

    @Override
    public void accept(String text) {
      int length = getMaxRenderedLength();
      show(text.length() > length ? text.substring(0, length) : text);
    }
  }
}
