package dev.miniatura.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.RenderPlan;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints information about images, from their headers only. */
@Command(
    name = "info",
    description = "Prints information about images, reading only their headers.",
    mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {

  /** Local time: EXIF from most cameras has no time zone. */
  private static final DateTimeFormatter TAKEN = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  @Spec private CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files, folders, globs, or s3://bucket/key.")
  private List<String> inputs = List.of();

  @Option(
      names = "--spec",
      paramLabel = "SPEC",
      description = "Also print how a thumbnail with this spec would be made, and the peak memory.")
  private @Nullable String spec;

  @Option(names = "--json", description = "One JSON object per file, one per line.")
  private boolean json;

  @Mixin private Inputs.Links links;

  @Mixin private BucketOptions bucketOptions;

  @SuppressWarnings("NullAway.Init") // picocli sets the command before it calls
  InfoCommand() {}

  @Override
  public Integer call() throws IOException {
    Specs specs = Specs.parse(command, spec == null ? List.of() : List.of(spec));
    Thumbnailer thumbnailer = Thumbnailer.create();
    PrintWriter out = command.commandLine().getOut();
    int exitCode = 0;
    Inputs found =
        Inputs.find(
            inputs,
            bucketOptions.buckets(1),
            Inputs.Reading.HEADERS,
            Inputs.Destination.none(),
            links);
    for (Origin origin : found.origins()) {
      for (Result problem : origin.problems()) {
        command.commandLine().getErr().println(problem.source() + ": " + problem.reason());
        exitCode = problem.bad() ? Miniatura.SOME_FAILED : exitCode;
      }
      for (String key : origin.keys()) {
        String name = origin.name(key);
        try {
          ImageSource source = origin.store().open(key);
          if (specs.byName().isEmpty()) {
            print(out, name, thumbnailer.probe(source), null);
          } else {
            RenderPlan plan = thumbnailer.plan(source, List.copyOf(specs.byName().values()));
            print(out, name, plan.source(), plan);
          }
        } catch (IOException e) {
          command.commandLine().getErr().println(name + ": " + Messages.of(e));
          exitCode = Miniatura.SOME_FAILED;
        }
        out.flush();
      }
    }
    return exitCode;
  }

  private void print(PrintWriter out, String name, ImageInfo info, @Nullable RenderPlan plan) {
    if (json) {
      out.println(Json.line(generator -> write(generator, name, info, plan)));
      return;
    }
    StringBuilder line = new StringBuilder(name).append(": ").append(info.format());
    line.append(' ').append(info.width()).append(" x ").append(info.height());
    line.append(", ").append(info.color()).append(", ").append(info.bitsPerSample());
    line.append("-bit");
    line.append(info.alpha() ? ", alpha" : "");
    line.append(info.progressive() ? ", progressive" : "");
    line.append(info.iccProfile() ? ", color profile" : "");
    line.append(info.orientation() == 1 ? "" : ", orientation " + info.orientation());
    line.append(info.frames() > 1 ? ", " + info.frames() + " frames" : "");
    if (plan != null) {
      RenderPlan.Output output = plan.outputs().get(0);
      line.append(" -> ").append(output.format()).append(' ');
      line.append(output.width()).append(" x ").append(output.height());
      line.append("; ").append(plan.decoding());
      line.append("; at most ").append((plan.peakBytes() + 1023) / 1024).append(" KiB");
    }
    out.println(line);
  }

  private static void write(
      JsonGenerator generator, String name, ImageInfo info, @Nullable RenderPlan plan)
      throws IOException {
    generator.writeStringField("file", name);
    generator.writeStringField("format", info.format());
    generator.writeStringField("mediaType", info.mediaType());
    generator.writeNumberField("width", info.width());
    generator.writeNumberField("height", info.height());
    generator.writeNumberField("orientation", info.orientation());
    generator.writeNumberField("frames", info.frames());
    generator.writeStringField("color", info.color());
    generator.writeNumberField("bitsPerSample", info.bitsPerSample());
    generator.writeBooleanField("alpha", info.alpha());
    generator.writeBooleanField("iccProfile", info.iccProfile());
    generator.writeBooleanField("progressive", info.progressive());
    ImageInfo.Camera camera = info.camera();
    if (camera.make().isPresent()) {
      generator.writeStringField("make", camera.make().get());
    }
    if (camera.model().isPresent()) {
      generator.writeStringField("model", camera.model().get());
    }
    if (camera.taken().isPresent()) {
      generator.writeStringField("taken", TAKEN.format(camera.taken().get()));
    }
    if (plan != null) {
      generator.writeStringField("decoding", plan.decoding());
      generator.writeNumberField("peakBytes", plan.peakBytes());
    }
  }
}
