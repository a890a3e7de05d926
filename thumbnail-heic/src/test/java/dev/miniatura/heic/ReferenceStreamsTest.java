package dev.miniatura.heic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.Limits;
import dev.miniatura.ThumbnailException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Compares streams with the output of other decoders, with in-loop filters and without. The folder
 * of {@code -Dheic.streams} is filled by {@code scripts/hevc-streams}. Prints how many of the equal
 * streams use each tool, and how many of the generated ones.
 */
@EnabledIfSystemProperty(named = "heic.streams", matches = ".+")
class ReferenceStreamsTest {

  private static final String LIBDE265 = "= decodes as libde265";
  private static final String FFMPEG = "= decodes as ffmpeg, where libde265 differs";
  private static final String ENCODER = "= decodes as x265 does, where both differ";

  @Test
  void decodesEverySampleAsOtherDecodersDo() throws IOException {
    Path folder = Path.of(System.getProperty("heic.streams"));
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> files = new TreeMap<>();
    Map<String, String> reconstructions = new HashMap<>();
    Path ofEncoder = folder.resolve("reconstructions.txt");
    for (String line :
        Files.exists(ofEncoder) ? Files.readAllLines(ofEncoder) : List.<String>of()) {
      reconstructions.put(line.split(" ", -1)[0], line.split(" ", -1)[1]);
    }
    Set<String> names = new HashSet<>();
    int compared = 0;
    int refused = 0;
    for (String line : Files.readAllLines(folder.resolve("references.txt"))) {
      String[] fields = line.split(" ", -1);
      byte[] stream = Files.readAllBytes(folder.resolve(fields[0]));
      boolean same = true;
      for (int i = 0; i < 2; i++) { // with filters, without
        String dec265 = fields[1 + 2 * i];
        String ffmpeg = fields[2 + 2 * i];
        if (dec265.equals("-") && ffmpeg.equals("-")) {
          continue;
        }
        names.add(fields[0]);
        try {
          Planes planes = new Planes();
          new HevcDecoder(Limits.defaults()).decode(units(stream), i == 0, i == 0, planes);
          compared++;
          String digest = planes.digest();
          if (digest.equals(dec265) || digest.equals(ffmpeg)) {
            files.merge(digest.equals(dec265) ? LIBDE265 : FFMPEG, 1, Integer::sum);
          } else if (planes.digestOfRowStarts().equals(reconstructions.get(fields[0]))) {
            files.merge(ENCODER, 1, Integer::sum);
            break; // there is no other reference for the picture without filters
          } else {
            wrong.add(line);
            same = false;
          }
        } catch (ThumbnailException e) { // inter pictures, and broken files others show
          refused++;
          same = false;
          System.out.println(fields[0] + ": " + e.getMessage());
        }
      }
      if (same && names.contains(fields[0])) {
        StreamTools.of(units(stream)).forEach(tool -> files.merge(tool, 1, Integer::sum));
      }
    }

    System.out.println(compared + " decodes compared, of " + names.size() + " streams");
    Map<String, Integer> generated = StreamTools.ofVerified();
    generated.keySet().forEach(tool -> files.putIfAbsent(tool, 0));
    files.forEach(
        (tool, count) ->
            System.out.printf(
                "| %s | %,d | %,d |%n", tool, count, generated.getOrDefault(tool, 0)));
    assertThat(refused).isLessThan(1 + compared / 50);
    assertThat(compared).isPositive();
    assertThat(wrong).isEmpty();
  }

  /** Divides a byte stream into NAL units (H.265, annex B). */
  private static List<NalUnit> units(byte[] bytes) throws IOException {
    List<NalUnit> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        add(units, bytes, start, i);
        start = i + 3;
        i += 2;
      }
    }
    add(units, bytes, start, bytes.length);
    return units;
  }

  private static void add(List<NalUnit> units, byte[] bytes, int start, int limit)
      throws IOException {
    int end = limit;
    while (end > Math.max(0, start) && bytes[end - 1] == 0) {
      end--;
    }
    if (start >= 0 && end - start >= 2) {
      units.add(NalUnit.parse(bytes, start, end, start));
    }
  }
}
