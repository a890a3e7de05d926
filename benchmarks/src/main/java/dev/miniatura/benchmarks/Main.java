package dev.miniatura.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs JMH on the pictures of the folder {@code -Dphotos}, as one {@code photo} parameter each,
 * limited to those that the requested benchmark can read; accepts JMH's own arguments.
 */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    Path folder = Photos.folder().toAbsolutePath();
    boolean jpegOnly = isAskedFor("Jpeg", all);
    boolean pngOnly = isAskedFor("Png", all) || isAskedFor("Inflate", all);
    if (all.stream().noneMatch(argument -> argument.startsWith("photo="))) {
      all.add("-p");
      all.add(
          Photos.find(List.of(folder.toString())).stream()
              .filter(path -> !jpegOnly || Photos.kind(path).isJpeg())
              .filter(path -> !pngOnly || Photos.kind(path) == Photos.Kind.PNG)
              .map(path -> path.getFileName().toString())
              .collect(Collectors.joining(",", "photo=", "")));
    }
    all.add("-jvmArgsAppend");
    all.add("-Dphotos=" + folder);
    org.openjdk.jmh.Main.main(all.toArray(String[]::new));
  }

  private static boolean isAskedFor(String benchmark, List<String> arguments) {
    return arguments.stream().anyMatch(argument -> argument.contains(benchmark));
  }
}
