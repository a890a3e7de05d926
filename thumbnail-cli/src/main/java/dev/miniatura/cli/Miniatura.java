package dev.miniatura.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

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
      GenerateCompletion.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every thumbnail is there",
      "1:some sources failed, the others are done (what is no image in a folder or bucket does not"
          + " count); or a folder or bucket is missing or closed to you",
      "2:the command line is wrong, or there are no AWS credentials; nothing was done",
      "3:a backfill has done as many objects as --max-items allows; there are more"
    })
public final class Miniatura {

  static final int SOME_FAILED = 1;
  private static final int NOTHING_DONE = 2;
  static final int MORE_TO_DO = 3;
  private static final int INTERRUPTED = 130; // as shells have it: 128 + SIGINT

  /** How long to wait for what is being worked on when the process is told to end. */
  private static final int GRACE_SECONDS = 5;

  private Miniatura() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(stopping(Thread.currentThread(), done)));
    int exitCode = commandLine().execute(args);
    done.countDown();
    System.exit(exitCode);
  }

  /** Lets a command that is told to end (by Ctrl-C, say) tell how far it has come. */
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
    return new CommandLine(new Miniatura())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (error, command, parsed) -> {
              if (error instanceof InterruptedException) {
                return INTERRUPTED;
              }
              command.getErr().println("miniatura: " + Messages.of(error));
              return error instanceof SetupException ? NOTHING_DONE : SOME_FAILED;
            });
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
