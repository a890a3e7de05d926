package dev.miniatura.cli;

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
      "2:the command line is wrong, or there are no AWS credentials; nothing was done"
    })
public final class Miniatura {

  static final int SOME_FAILED = 1;
  private static final int NOTHING_DONE = 2;

  private Miniatura() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Miniatura())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (error, command, parsed) -> {
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
