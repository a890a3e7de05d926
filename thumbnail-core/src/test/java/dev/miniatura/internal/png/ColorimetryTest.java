package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miniatura.internal.png.Decoding.Decoded;
import dev.miniatura.testing.PngWriter;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ColorimetryTest {

  private static final int[] DISPLAY_P3 = {12, 13, 0, 1};

  private static PngWriter rgb() {
    return PngWriter.random(1, 1, 8, 2, 1);
  }

  private static byte[] u32(int... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      data.putInt(value);
    }
    return data.array();
  }

  private static byte[] iccp(byte[] profile) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'x', 0, 0});
    out.writeBytes(PngWriter.deflate(profile));
    return out.toByteArray();
  }

  private static float[] toSrgb(Decoded decoded, float... color) {
    byte[] profile = Objects.requireNonNull(decoded.plan().layout().iccProfile());
    return new ICC_ColorSpace(ICC_Profile.getInstance(profile)).toRGB(color);
  }

  @Test
  void profile_noneOfTheChunks_isNull() throws Exception {
    assertThat(Decoding.decode(rgb().bytes()).plan().layout().iccProfile()).isNull();
  }

  @Test
  void profile_cicpOfSrgb_isNullWhateverElseIsThere() throws Exception {
    PngWriter maker = rgb().chunk("cICP", 1, 13, 0, 1).chunk("gAMA", u32(100_000));
    maker.chunk("iCCP", iccp(new byte[200]));
    assertThat(Decoding.decode(maker.bytes()).plan().layout().iccProfile()).isNull();
  }

  @Test
  void profile_iccp_isDeliveredAsItIs() throws Exception {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    Decoded decoded = Decoding.decode(rgb().chunk("sRGB", 0).chunk("iCCP", iccp(profile)).bytes());
    assertThat(decoded.plan().layout().iccProfile()).isEqualTo(profile);
    assertThat(decoded.header().iccProfile()).isTrue();
  }

  @Test
  void profile_brokenIccp_fallsThroughToTheNextChunk() throws Exception {
    Decoded decoded =
        Decoding.decode(rgb().chunk("iCCP", 'x', 0, 0, 1, 2).chunk("gAMA", u32(100_000)).bytes());
    assertThat(decoded.notes()).singleElement().asString().startsWith("PNG: iCCP ");
    assertThat(toSrgb(decoded, 0.214f, 0.214f, 0.214f)[0]).isCloseTo(0.5f, within(0.01f));
  }

  @Test
  void profile_srgbChunk_outranksGamma() throws Exception {
    Decoded decoded = Decoding.decode(rgb().chunk("sRGB", 0).chunk("gAMA", u32(100_000)).bytes());
    assertThat(decoded.plan().layout().iccProfile()).isNull();
  }

  @Test
  void profile_gammaOfAbout22_isSrgb() throws Exception {
    assertThat(
            Decoding.decode(rgb().chunk("gAMA", u32(45_455)).bytes()).plan().layout().iccProfile())
        .isNull();
    assertThat(
            Decoding.decode(rgb().chunk("gAMA", u32(55_556)).bytes()).plan().layout().iccProfile())
        .isNotNull();
  }

  @Test
  void profile_chromaticitiesOfSrgb_areSrgb() throws Exception {
    byte[] srgb = u32(31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000);
    assertThat(Decoding.decode(rgb().chunk("cHRM", srgb).bytes()).plan().layout().iccProfile())
        .isNull();
  }

  @Test
  void profile_displayP3_convertsAsPublished() throws Exception {
    Decoded decoded = Decoding.decode(rgb().chunk("cICP", DISPLAY_P3).bytes());
    // sRGB's own red, said in Display P3: (0.9175, 0.2003, 0.1386)
    float[] red = toSrgb(decoded, 0.9175f, 0.2003f, 0.1386f);
    assertThat(red[0]).isCloseTo(1f, within(0.01f));
    assertThat(red[1]).isCloseTo(0f, within(0.02f));
    assertThat(red[2]).isCloseTo(0f, within(0.02f));
    float[] white = toSrgb(decoded, 1, 1, 1);
    assertThat(white).containsExactly(new float[] {1, 1, 1}, within(0.005f));
    assertThat(decoded.header().iccProfile()).isFalse();
  }

  @Test
  void profile_narrowRange_spans16To235() throws Exception {
    Decoded decoded = Decoding.decode(rgb().chunk("cICP", 1, 13, 0, 0).bytes());
    assertThat(toSrgb(decoded, 16 / 255f, 16 / 255f, 16 / 255f)[1]).isCloseTo(0f, within(0.01f));
    assertThat(toSrgb(decoded, 235 / 255f, 235 / 255f, 235 / 255f)[1]).isCloseTo(1f, within(0.01f));
  }

  /** Once reference white was white, and all that is brighter, clouds and faces in the sun, too. */
  @Test
  void profile_hdr_leavesRoomAboveReferenceWhite() throws Exception {
    Decoded pq = Decoding.decode(rgb().chunk("cICP", 9, 16, 0, 1).bytes());
    Decoded hlg = Decoding.decode(rgb().chunk("cICP", 9, 18, 0, 1).bytes());
    float white = 0.5807f; // 203 cd/m²
    assertThat(toSrgb(pq, white, white, white)[0]).isCloseTo(0.9f, within(0.02f));
    assertThat(toSrgb(hlg, 0.75f, 0.75f, 0.75f)[0]).isCloseTo(0.9f, within(0.02f));
    float peak = 0.7518f; // 1,000 cd/m²
    assertThat(toSrgb(pq, peak, peak, peak)[0]).isCloseTo(1f, within(0.01f));
    assertThat(toSrgb(hlg, 1, 1, 1)[0]).isCloseTo(1f, within(0.01f));
    float gray = 0.4402f; // 50 cd/m², below the knee: the light stays as it is
    double expected = 1.055 * Math.pow(50 / 203.0, 1 / 2.4) - 0.055;
    assertThat(toSrgb(pq, gray, gray, gray)[0]).isCloseTo((float) expected, within(0.01f));
  }

  @Test
  void profile_grayWithGamma_isAGrayProfile() throws Exception {
    Decoded decoded =
        Decoding.decode(PngWriter.random(1, 1, 8, 0, 1).chunk("gAMA", u32(100_000)).bytes());
    byte[] profile = Objects.requireNonNull(decoded.plan().layout().iccProfile());
    assertThat(ICC_Profile.getInstance(profile).getColorSpaceType())
        .isEqualTo(ColorSpace.TYPE_GRAY);
    assertThat(toSrgb(decoded, 0.214f)[0]).isCloseTo(0.5f, within(0.02f));
  }

  @Test
  void profile_impossibleChromaticities_areIgnoredWithNote() throws Exception {
    Decoded decoded =
        Decoding.decode(rgb().chunk("cHRM", u32(31_270, 0, 0, 0, 0, 0, 0, 0)).bytes());
    assertThat(decoded.plan().layout().iccProfile()).isNull();
    assertThat(decoded.notes()).singleElement().asString().contains("cHRM");
  }
}
