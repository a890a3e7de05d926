package dev.miniatura.cli;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes thumbnails of files, folders and buckets. */
@Command(
    name = "make",
    description = "Makes thumbnails of photos. Run again, it only makes missing or outdated ones.",
    mixinStandardHelpOptions = true)
final class MakeCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "PHOTO",
      description = "Files, folders, globs, or s3://bucket/folder.")
  private List<String> inputs = List.of();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Place place;

  /** The destination of the thumbnails. */
  private static final class Place {

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "Destination: a folder, or s3://bucket/folder.")
    private @Nullable String out;

    @Option(
        names = "--suffix",
        required = true,
        paramLabel = "TEXT",
        description = {
          "Write thumbnails next to the photos instead: with _thumb, a.jpg gets a_thumb.jpg;",
          "several specs require {spec}. Only thumbnails are ever overwritten."
        })
    private @Nullable String suffix;
  }

  @Option(
      names = "--spec",
      paramLabel = "[NAME=]SPEC",
      defaultValue = "small=fit:256x256",
      description = {
        "The thumbnails to make, such as small=fit:256x256 or wide=cover:640x360,quality:75;",
        "repeat --spec or separate them with semicolons. Default: ${DEFAULT-VALUE}."
      })
  private List<String> specs = List.of();

  @Option(
      names = "--template",
      defaultValue = "{key}.{spec}.{ext}",
      paramLabel = "TEMPLATE",
      description = "Name template: {key}, {dir}, {name}, {spec}, {ext}.")
  private String template = "";

  @Option(
      names = "--gallery",
      description = "Also write a contact sheet, index.html, next to the thumbnails.")
  private boolean gallery;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Photos processed at a time; one per processor by default.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Mixin private LimitOptions limits;

  @Mixin private Inputs.Links links;

  @Mixin private Specs.Strictness strictness;

  @Mixin private BucketOptions bucketOptions;

  @Mixin private Report.Style style;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls
  MakeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, ThumbnailSpec> named = strictness.apply(Specs.parse(command, specs));
    Buckets buckets = bucketOptions.buckets(jobs);
    Output output = place.out == null ? null : Output.of(place.out, buckets);
    if (output == null && gallery) {
      throw new ParameterException(command.commandLine(), "--gallery needs --out");
    }
    Inputs found = find(buckets, output);
    Map<Origin, ThumbnailPipeline> pipelines = new LinkedHashMap<>();
    for (Origin origin : found.origins()) {
      pipelines.put(origin, pipeline(origin, output, named));
    }
    Gallery sheet = new Gallery();
    int exitCode;
    try (Report report = style.open(command.commandLine(), found.count())) {
      for (Map.Entry<Origin, ThumbnailPipeline> each : pipelines.entrySet()) {
        Origin origin = each.getKey();
        Consumer<Result> results =
            result -> {
              report.add(result);
              addTo(sheet, output == null ? "" : output.prefix(), result);
            };
        origin.problems().forEach(results);
        each.getValue()
            .processAll(
                origin.keys().stream(), outcome -> results.accept(Result.of(origin, outcome)));
      }
      report.complete();
      exitCode = report.exitCode();
    }
    if (gallery && output != null) {
      String where = output.write(Gallery.FILE_NAME, sheet.page());
      command.commandLine().getErr().println("contact sheet: " + where);
    }
    return exitCode;
  }

  private Inputs find(Buckets buckets, @Nullable Output output) throws IOException {
    Inputs.Destination destination =
        output == null
            ? Inputs.Destination.besideOriginals()
            : new Inputs.Destination(output.folder(), Optional.of(output.location()), false);
    Inputs found = Inputs.find(inputs, buckets, Inputs.Reading.PICTURES, destination, links);
    return output == null ? found : found.apart();
  }

  private ThumbnailPipeline pipeline(
      Origin origin, @Nullable Output output, Map<String, ThumbnailSpec> named) {
    try {
      ThumbnailPipeline.Builder builder =
          output == null
              ? ThumbnailPipeline.builder(origin.store(), origin.beside())
                  .besideSources(String.valueOf(place.suffix))
              : ThumbnailPipeline.builder(origin.store(), output.store())
                  .keyTemplate(template)
                  .destinationPrefix(output.prefix())
                  .destinationInsideSource();
      return builder
          .specs(named)
          .sourcePrefix(origin.prefix())
          .thumbnailer(Thumbnailer.create(limits.limits()))
          .parallelism(jobs)
          .build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static void addTo(Gallery sheet, String prefix, Result result) {
    List<Outcome.Item> items = result.thumbnails();
    if (items.isEmpty()) {
      sheet.addMissing(result);
      return;
    }
    Outcome.Item shown = items.get(0);
    Outcome.Item largest = shown;
    for (Outcome.Item item : items) {
      boolean larger =
          (long) item.width() * item.height() > (long) largest.width() * largest.height();
      largest = larger ? item : largest;
    }
    int below = prefix.length();
    sheet.add(
        new Gallery.Picture(
            result.source(),
            shown.key().substring(below),
            shown.width(),
            shown.height(),
            largest.key().substring(below),
            "%d × %d, %.1f KB".formatted(shown.width(), shown.height(), shown.size() / 1e3)));
  }
}
