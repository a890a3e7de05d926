package dev.miniatura.cli;

import dev.miniatura.Limits;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.FileImageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes thumbnails of files and folders. */
@Command(
    name = "make",
    description = "Makes thumbnails of photos. Run again, it makes only what is missing or stale.",
    mixinStandardHelpOptions = true)
final class MakeCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(arity = "1..*", paramLabel = "PHOTO", description = "Files, folders or globs.")
  private List<String> inputs = List.of();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where they go.")
  private Path out;

  @Option(
      names = "--spec",
      paramLabel = "[NAME=]SPEC",
      defaultValue = "small=fit:256x256",
      description = {
        "What to make, for example small=fit:256x256 or wide=cover:640x360,quality:75;",
        "several with several --spec or with semicolons. Default: ${DEFAULT-VALUE}."
      })
  private List<String> specs = List.of();

  @Option(
      names = "--template",
      defaultValue = "{key}.{spec}.{ext}",
      paramLabel = "TEMPLATE",
      description = "Names of the thumbnails: {key}, {dir}, {name}, {spec}, {ext}.")
  private String template = "";

  @Option(names = "--gallery", description = "Also write a contact sheet, index.html.")
  private boolean gallery;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Photos worked on at a time; one per processor by default.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse larger images. Default: 500 million.")
  private long maxPixels = Limits.defaults().pixels();

  @Mixin private Report.Style style;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls
  MakeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path target = out.toAbsolutePath().normalize();
    Map<String, ThumbnailSpec> named = Specs.parse(command, specs).byName();
    Inputs found = Inputs.find(inputs, target);
    ThumbnailPipeline pipeline = pipeline(found.root(), target, named);
    Gallery sheet = new Gallery();
    int exitCode;
    try (Report report = style.open(command.commandLine(), found)) {
      pipeline.processAll(
          found.files().stream().map(found::key),
          outcome -> {
            report.add(outcome);
            addTo(sheet, outcome);
          });
      exitCode = report.exitCode();
    }
    if (gallery) {
      command.commandLine().getErr().println("contact sheet: " + sheet.write(target));
    }
    return exitCode;
  }

  private ThumbnailPipeline pipeline(Path root, Path target, Map<String, ThumbnailSpec> named)
      throws IOException {
    try {
      return ThumbnailPipeline.builder(FileImageStore.of(root), FileImageStore.of(target))
          .specs(named)
          .keyTemplate(template)
          .destinationInsideSource()
          .thumbnailer(Thumbnailer.create(Limits.defaults().withPixels(maxPixels)))
          .parallelism(jobs)
          .build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static void addTo(Gallery sheet, Outcome outcome) {
    List<Outcome.Item> items =
        outcome instanceof Outcome.Written written
            ? written.thumbnails()
            : outcome instanceof Outcome.Unchanged unchanged ? unchanged.thumbnails() : List.of();
    if (items.isEmpty()) {
      sheet.addMissing(outcome.source(), Report.reason(outcome));
      return;
    }
    Outcome.Item shown = items.get(0);
    Outcome.Item largest = shown;
    for (Outcome.Item item : items) {
      boolean larger =
          (long) item.width() * item.height() > (long) largest.width() * largest.height();
      largest = larger ? item : largest;
    }
    String caption =
        "%d × %d, %.1f KB".formatted(shown.width(), shown.height(), shown.size() / 1e3);
    sheet.add(outcome.source(), shown.key(), shown.width(), shown.height(), largest.key(), caption);
  }
}
