package dev.miniatura.internal.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.testing.ColorDifference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversions with profiles from real files, if there is a corpus. */
class ColorConversionCorpusTest {

  private static final String CORPUS = System.getProperty("corpus", "");

  @BeforeEach
  void needsCorpus() {
    assumeThat(CORPUS).isNotEmpty();
  }

  @Test
  void inkModel_againstSwop_staysWithinItsStatedDifference() throws IOException {
    Raster inks = TestRasters.lattice(ColorKind.CMYK, 9);
    byte[] swop = profile("cmyk_swop_exif.jpg");
    Raster model = ColorConversion.of(ColorKind.CMYK, null, new Notes()).toRgb(inks);
    Raster press = LittleCms.toSrgb(swop, inks);
    double sum = 0;
    double largest = 0;
    int pixels = inks.channel(0).length;
    for (int i = 0; i < pixels; i++) {
      double difference =
          ColorDifference.cie76(TestRasters.pixel(model, i), TestRasters.pixel(press, i));
      sum += difference;
      largest = Math.max(largest, difference);
    }
    assertThat(sum / pixels).isLessThan(1.25);
    assertThat(largest).isLessThan(7);
  }

  @Test
  void lookupTables_printers_agreeWithLittleCms() throws IOException {
    Raster inks = TestRasters.random(200, 200, ColorKind.CMYK, false, 41);
    for (String file :
        new String[] {"cmyk_swop_exif.jpg", "Kiara_limited_progressive_four_components.jpg"}) {
      assertAgreement(ColorKind.CMYK, profile(file), inks, 0.15, 0.98);
    }
  }

  @Test
  void lookupTables_xyb_agreeWithLittleCms() throws IOException {
    Raster colors = TestRasters.random(200, 200, ColorKind.RGB, false, 42);
    assertAgreement(ColorKind.RGB, profile("sample-xyb.jpg"), colors, 0.05, 0.999);
  }

  @Test
  void matrices_agreeWithLittleCms() throws IOException {
    Raster colors = TestRasters.random(200, 200, ColorKind.RGB, false, 43);
    for (String file :
        new String[] {
          "adobe_rgb_1998.jpg", "cmm-exception-adobe-rgb.jpg", "ultra_hdr_gain_map.jpg"
        }) {
      assertAgreement(ColorKind.RGB, profile(file), colors, 0.05, 0.999);
    }
  }

  private static void assertAgreement(
      ColorKind color, byte[] profile, Raster source, double mean, double withinOne) {
    Notes notes = new Notes();
    Raster ours = ColorConversion.of(color, profile, notes).toRgb(source);
    assertThat(notes.list()).isEmpty();
    int[] differences = TestRasters.differences(ours, LittleCms.toSrgb(profile, source));
    assertThat(TestRasters.mean(differences)).isLessThan(mean);
    assertThat((differences[0] + differences[1]) / (3.0 * source.channel(0).length))
        .isGreaterThan(withinOne);
  }

  /** Joins the profile's parts in a JPEG's APP2 segments (ICC.1:2022, annex B.4), in file order. */
  private static byte[] profile(String name) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(CORPUS, "colour", name));
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    int at = 2;
    while ((file[at + 1] & 0xff) != 0xda) {
      int length = (file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff);
      if ((file[at + 1] & 0xff) == 0xe2
          && new String(file, at + 4, 11, StandardCharsets.US_ASCII).equals("ICC_PROFILE")) {
        profile.write(file, at + 18, length - 16);
      }
      at += 2 + length;
    }
    return profile.toByteArray();
  }
}
