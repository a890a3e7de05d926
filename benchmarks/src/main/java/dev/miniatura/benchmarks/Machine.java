package dev.miniatura.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** Describes the origin of figures. */
final class Machine {

  private Machine() {}

  /** Returns date, Java, processor and system in one line. */
  static String describe() {
    return "%s · Java %s (%s) · %s, %d processors · %s %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            System.getProperty("java.vm.version"),
            System.getProperty("java.vendor.version", System.getProperty("java.vendor")),
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }
}
