package dev.miniatura.internal.av1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.miniatura.Limits;
import dev.miniatura.ThumbnailException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Compares streams with the output of other decoders, with in-loop filters and without. The folder
 * of {@code -Dav1.streams} is filled by {@code scripts/av1-streams}. Prints how many of the equal
 * streams use each tool, and how many of those with random syntax.
 */
@EnabledIfSystemProperty(named = "av1.streams", matches = ".+")
class Av1ReferenceStreamsTest {

  private static final Limits LIMITS = Limits.defaults().withWorkingBytes(1L << 30);
  private static final int LARGEST_RANDOM = 72;

  private final Map<String, Integer> files = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private int streams;
  private int decodes;

  @Test
  void decodesEverySampleAsOtherDecodersDo() throws IOException {
    Path folder = Path.of(System.getProperty("av1.streams"));
    for (String line : Files.readAllLines(folder.resolve("references.txt"))) {
      compare(Files.readAllBytes(folder.resolve(line.split(" ", -1)[0])), line);
    }

    System.out.println(decodes + " decodes compared, of " + streams + " streams");
    Map<String, Integer> random = ofRandomSyntax();
    random.keySet().forEach(tool -> files.putIfAbsent(tool, 0));
    files.forEach(
        (tool, count) ->
            System.out.printf("| %s | %,d | %,d |%n", tool, count, random.getOrDefault(tool, 0)));
    assertTrue(decodes > 0);
    assertEquals(List.of(), wrong);
  }

  private void compare(byte[] stream, String line) throws IOException {
    String[] fields = line.split(" ", -1);
    String dav1d = fields[1];
    String aomdec = fields[2];
    String unfiltered = fields[3];
    if (dav1d.equals("-") && aomdec.equals("-")) {
      return;
    }
    streams++;
    try {
      Av1Options exact = Pictures.exact(LIMITS);
      String digest = digest(Pictures.decode(stream, exact));
      boolean same = digest.equals(dav1d) || digest.equals(aomdec);
      decodes++;
      files.merge(
          digest.equals(dav1d) ? "= dav1d" : "= aomdec, not dav1d", same ? 1 : 0, Integer::sum);
      if (digest.equals(dav1d)) {
        decodes++;
        same = digest(Pictures.decode(stream, exact.withoutFilters())).equals(unfiltered);
        files.merge("= dav1d without filters", same ? 1 : 0, Integer::sum);
      }
      if (same) {
        StreamTools.of(stream).forEach(tool -> files.merge(tool, 1, Integer::sum));
      } else {
        wrong.add(line);
      }
    } catch (ThumbnailException e) {
      wrong.add(line + ": " + e.getMessage());
    }
  }

  private static Map<String, Integer> ofRandomSyntax() throws IOException {
    Map<String, Integer> tools = new TreeMap<>();
    try (InputStream in = Av1ReferenceStreamsTest.class.getResourceAsStream("random-streams.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      for (String line : text.lines().toList()) {
        long seed = Long.parseLong(line.split(" ", -1)[0]);
        StreamTools.of(new RandomStream(seed, LARGEST_RANDOM).write())
            .forEach(tool -> tools.merge(tool, 1, Integer::sum));
      }
    }
    return tools;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
