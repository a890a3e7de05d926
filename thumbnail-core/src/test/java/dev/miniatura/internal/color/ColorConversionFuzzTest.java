package dev.miniatura.internal.color;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.testing.IccProfiles;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged profiles: there is always a conversion, and it works. */
class ColorConversionFuzzTest {

  private static final byte[][] PROFILES = {
    IccProfiles.displayP3(), IccProfiles.proPhoto(), IccProfiles.rgbTables(),
    IccProfiles.grayGamma22(), IccProfiles.cmyk(), IccProfiles.cmyk8()
  };
  private static final ColorKind[] COLORS = {
    ColorKind.RGB, ColorKind.RGB, ColorKind.RGB, ColorKind.GRAY, ColorKind.CMYK, ColorKind.CMYK
  };

  /**
   * Random changes rarely hit the data that controls the parser, most of which is in the first
   * bytes.
   */
  private static final int STEERING_BYTES = 512;

  @Test
  void changedBytes_neverFail() {
    Random random = new Random(31);
    for (int round = 0; round < 3000; round++) {
      int which = round % PROFILES.length;
      byte[] profile = PROFILES[which].clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        int bound = Math.min(profile.length, random.nextInt(4) > 0 ? STEERING_BYTES : 1 << 20);
        int at = random.nextInt(bound);
        profile[at] =
            (byte)
                switch (random.nextInt(4)) {
                  case 0 -> 0;
                  case 1 -> 255;
                  case 2 -> profile[at] ^ 1 << random.nextInt(8);
                  default -> random.nextInt(256);
                };
      }
      convert(COLORS[which], profile);
    }
  }

  @Test
  void truncations_neverFail() {
    for (int which = 0; which < PROFILES.length; which++) {
      byte[] profile = PROFILES[which];
      for (int length = 0; length < profile.length; length += length < 700 ? 1 : 997) {
        Notes notes = convert(COLORS[which], Arrays.copyOf(profile, length));
        assertThat(notes.list()).isNotEmpty();
        byte[] honest = Arrays.copyOf(profile, length); // says how short it is
        if (length >= 4) {
          honest[0] = 0;
          honest[1] = (byte) (length >> 16);
          honest[2] = (byte) (length >> 8);
          honest[3] = (byte) length;
        }
        convert(COLORS[which], honest);
      }
    }
  }

  @Test
  void noise_afterAValidHeader_neverFails() {
    Random random = new Random(32);
    for (int round = 0; round < 500; round++) {
      int which = round % PROFILES.length;
      byte[] profile = PROFILES[which].clone();
      int start = 128 + random.nextInt(Math.min(profile.length, STEERING_BYTES) - 128);
      byte[] noise = new byte[profile.length - start];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, profile, start, noise.length);
      convert(COLORS[which], profile);
    }
  }

  private static Notes convert(ColorKind color, byte[] profile) {
    Notes notes = new Notes();
    Raster source = TestRasters.random(5, 3, color, true, 33);
    Raster result = ColorConversion.of(color, profile, notes).toRgb(source);
    assertThat(result.channel(result.channelCount() - 1))
        .isEqualTo(source.channel(source.channelCount() - 1));
    return notes;
  }
}
