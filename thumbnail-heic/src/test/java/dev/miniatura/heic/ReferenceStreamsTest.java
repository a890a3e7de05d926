package dev.miniatura.heic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.Limits;
import dev.miniatura.ThumbnailException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Compares streams with what other decoders make of them, with in-loop filters and without. The
 * folder of {@code -Dheic.streams} is filled by {@code scripts/hevc-streams}.
 */
@EnabledIfSystemProperty(named = "heic.streams", matches = ".+")
class ReferenceStreamsTest {

  @Test
  void decodesEverySampleAsOtherDecodersDo() throws IOException {
    Path folder = Path.of(System.getProperty("heic.streams"));
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    int refused = 0;
    for (String line : Files.readAllLines(folder.resolve("references.txt"))) {
      String[] fields = line.split(" ", -1);
      byte[] stream = Files.readAllBytes(folder.resolve(fields[0]));
      for (int i = 0; i < 2; i++) { // with filters, without
        String dec265 = fields[1 + 2 * i];
        String ffmpeg = fields[2 + 2 * i];
        if (dec265.equals("-") && ffmpeg.equals("-")) {
          continue;
        }
        try {
          Planes planes = new Planes();
          new HevcDecoder(Limits.defaults()).decode(units(stream), i == 0, i == 0, planes);
          compared++;
          String digest = planes.digest();
          if (!digest.equals(dec265) && !digest.equals(ffmpeg)) {
            wrong.add(line);
          }
        } catch (ThumbnailException e) { // inter pictures, and broken files others show
          refused++;
          System.out.println(fields[0] + ": " + e.getMessage());
        }
      }
    }

    System.out.println(compared + " pictures compared");
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
