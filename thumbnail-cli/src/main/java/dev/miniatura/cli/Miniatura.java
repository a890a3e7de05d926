package dev.miniatura.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code miniatura} command. */
@Command(
    name = "miniatura",
    description = "Makes thumbnails: large images in, correct small ones out.",
    mixinStandardHelpOptions = true,
    versionProvider = Miniatura.Version.class,
    subcommands = {
      MakeCommand.class,
      InfoCommand.class,
      BackfillCommand.class,
      ServeCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all thumbnails exist",
      "1:some sources failed, all others are done (files in a folder or bucket that are not images"
          + " do not count); or a folder or bucket is missing or access is denied",
      "2:the command line is wrong, or AWS credentials are missing; nothing was done",
      "3:a backfill reached --max-items; there are more objects"
    })
public final class Miniatura {

  static final int SOME_FAILED = 1;
  private static final int NOTHING_DONE = 2;
  static final int MORE_TO_DO = 3;
  private static final int INTERRUPTED = 130; // as in shells: 128 + SIGINT

  /** How long to wait for work in progress when the process is told to stop. */
  private static final int GRACE_SECONDS = 5;

  private Miniatura() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(stopping(Thread.currentThread(), done)));
    int exitCode =
        commandLine().setOut(writer(System.out)).setErr(writer(System.err)).execute(args);
    done.countDown();
    System.exit(exitCode);
  }

  /** Lets a command that is told to stop (for example by Ctrl-C) report its progress. */
  private static Runnable stopping(Thread command, CountDownLatch done) {
    return () -> {
      command.interrupt();
      try {
        var unused = done.await(GRACE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  static CommandLine commandLine() {
    CommandLine top = new CommandLine(new Miniatura());
    for (CommandLine command : top.getSubcommands().values()) {
      if (command.getCommandSpec().findOption("--spec") != null) {
        command.getCommandSpec().usageMessage().footer(Specs.GRAMMAR);
      }
    }
    IParameterExceptionHandler usual = top.getParameterExceptionHandler();
    return top.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (error, arguments) ->
                error instanceof UnmatchedArgumentException unmatched
                        && unmatched.getCommandLine() == top
                        && !unmatched.isUnknownOption()
                    ? noSuchCommand(top, unmatched.getUnmatched().get(0))
                    : usual.handleParseException(error, arguments))
        .setExecutionExceptionHandler(
            (error, command, parsed) -> {
              if (error instanceof InterruptedException) {
                return INTERRUPTED;
              }
              command.getErr().println("miniatura: " + Messages.of(error));
              return error instanceof SetupException ? NOTHING_DONE : SOME_FAILED;
            });
  }

  private static int noSuchCommand(CommandLine top, String typed) {
    Set<String> commands = top.getSubcommands().keySet();
    String help =
        Typos.closest(typed, commands)
            .map(command -> "did you mean '" + command + "'?")
            .orElse("the commands are " + String.join(", ", commands));
    top.getErr().println("miniatura: '" + typed + "' is not a command; " + help);
    return NOTHING_DONE;
  }

  /** Returns a writer in UTF-8, even if the locale is limited to ASCII. */
  private static PrintWriter writer(PrintStream stream) {
    return FileNames.localeLosesNames()
        ? new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true)
        : new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Miniatura.class.getPackage().getImplementationVersion();
      return new String[] {
        "miniatura " + (version == null ? "(unpackaged)" : version),
        "Java ${java.version} (${java.vendor})"
      };
    }
  }
}
