package dev.miniatura.internal.color;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.testing.IccProfiles;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColorConversionTest {

  private final Notes notes = new Notes();

  @Test
  void noProfile_grayRgbYcc_isIdentity() {
    for (ColorKind color : new ColorKind[] {ColorKind.GRAY, ColorKind.RGB, ColorKind.YCBCR}) {
      assertThat(ColorConversion.of(color, null, notes).isIdentity()).isTrue();
    }
    assertThat(notes.list()).isEmpty();
  }

  @Test
  void identity_grayAndRgb_returnsTheSameRaster() {
    Raster gray = TestRasters.random(4, 4, ColorKind.GRAY, true, 3);
    Raster rgb = TestRasters.random(4, 4, ColorKind.RGB, true, 3);
    assertThat(ColorConversion.of(ColorKind.GRAY, null, notes).toRgb(gray)).isSameAs(gray);
    assertThat(ColorConversion.of(ColorKind.RGB, null, notes).toRgb(rgb)).isSameAs(rgb);
  }

  @Test
  void identity_halvedYcc_becomesRgb() {
    Raster source = Raster.halvedChroma(3, 3);
    Arrays.fill(source.channel(0), (byte) 50);
    Arrays.fill(source.channel(1), (byte) 128);
    Arrays.fill(source.channel(2), (byte) 128);
    Raster result = ColorConversion.of(ColorKind.YCBCR, null, notes).toRgb(source);
    assertThat(result.color()).isEqualTo(ColorKind.RGB);
    assertThat(TestRasters.pixel(result, 8)).containsExactly(50, 50, 50);
  }

  @Test
  void srgbProfiles_sampledAndParametric_areIdentity() {
    byte[] sampled = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    for (byte[] profile : new byte[][] {sampled, IccProfiles.srgb()}) {
      assertThat(ColorConversion.of(ColorKind.RGB, profile, notes).isIdentity()).isTrue();
      assertThat(ColorConversion.of(ColorKind.YCBCR, profile, notes).isIdentity()).isTrue();
    }
    assertThat(notes.list()).isEmpty();
  }

  @Test
  void otherProfiles_areNoIdentity() {
    for (byte[] profile :
        new byte[][] {
          IccProfiles.displayP3(),
          IccProfiles.adobeRgb(),
          IccProfiles.proPhoto(),
          IccProfiles.rgbTables()
        }) {
      assertThat(ColorConversion.of(ColorKind.RGB, profile, notes).isIdentity()).isFalse();
    }
    assertThat(ColorConversion.of(ColorKind.GRAY, IccProfiles.grayGamma22(), notes).isIdentity())
        .isFalse();
    assertThat(notes.list()).isEmpty();
  }

  @Test
  void wideGamut_grays_stayGray() {
    for (byte[] profile : new byte[][] {IccProfiles.displayP3(), IccProfiles.adobeRgb()}) {
      ColorConversion conversion = ColorConversion.of(ColorKind.RGB, profile, notes);
      for (int gray = 0; gray < 256; gray++) {
        int[] pixel =
            TestRasters.pixel(conversion.toRgb(TestRasters.of(ColorKind.RGB, gray, gray, gray)), 0);
        assertThat(pixel[0]).isEqualTo(pixel[1]).isEqualTo(pixel[2]);
      }
    }
  }

  @Test
  void displayP3_knownColors_matchPublishedConversions() {
    ColorConversion conversion = ColorConversion.of(ColorKind.RGB, IccProfiles.displayP3(), notes);
    // sRGB's primaries in Display P3 as CSS Color 4 converts them; rounding them to whole levels
    // is worth a few dark ones in sRGB
    assertNear(convert(conversion, ColorKind.RGB, 234, 51, 35), 255, 0, 0);
    assertNear(convert(conversion, ColorKind.RGB, 117, 251, 76), 0, 255, 0);
    assertNear(convert(conversion, ColorKind.RGB, 0, 0, 245), 0, 0, 255);
  }

  @Test
  void ycc_withProfile_isConvertedAsItsRgb() {
    Raster ycc = TestRasters.random(16, 16, ColorKind.YCBCR, false, 4);
    byte[] profile = IccProfiles.adobeRgb();
    Raster direct = ColorConversion.of(ColorKind.YCBCR, profile, notes).toRgb(ycc);
    Raster steps = ColorConversion.of(ColorKind.RGB, profile, notes).toRgb(YCbCr.JFIF.toRgb(ycc));
    assertThat(TestRasters.largest(TestRasters.differences(direct, steps))).isZero();
  }

  @Test
  void ycck_isConvertedAsItsInks() {
    Raster ycck = TestRasters.random(16, 16, ColorKind.YCCK, false, 5);
    for (byte[] profile : new byte[][] {IccProfiles.cmyk(), null}) {
      Raster direct = ColorConversion.of(ColorKind.YCCK, profile, notes).toRgb(ycck);
      Raster steps =
          ColorConversion.of(ColorKind.CMYK, profile, notes).toRgb(YCbCr.JFIF.toRgb(ycck));
      assertThat(TestRasters.largest(TestRasters.differences(direct, steps))).isZero();
    }
  }

  @Test
  void alpha_everyConversion_isUntouched() {
    byte[][] profiles = {
      IccProfiles.displayP3(),
      IccProfiles.rgbTables(),
      IccProfiles.grayGamma22(),
      IccProfiles.cmyk(),
      null
    };
    ColorKind[] colors = {
      ColorKind.RGB, ColorKind.RGB, ColorKind.GRAY, ColorKind.CMYK, ColorKind.YCCK
    };
    for (int i = 0; i < profiles.length; i++) {
      Raster source = TestRasters.random(7, 3, colors[i], true, 6);
      Raster result = ColorConversion.of(colors[i], profiles[i], notes).toRgb(source);
      assertThat(result.alpha()).isTrue();
      assertThat(result.channel(result.channelCount() - 1))
          .isEqualTo(source.channel(source.channelCount() - 1));
    }
  }

  @Test
  void mismatchedProfile_isIgnoredWithARemark() {
    ColorConversion gray = ColorConversion.of(ColorKind.GRAY, IccProfiles.displayP3(), notes);
    assertThat(gray.isIdentity()).isTrue();
    assertThat(notes.list())
        .containsExactly("ICC profile: it is for RGB colors, the image is GRAY; ignored");
    ColorConversion inks = ColorConversion.of(ColorKind.CMYK, IccProfiles.displayP3(), new Notes());
    assertThat(convert(inks, ColorKind.CMYK, 0, 0, 0, 0)).containsExactly(255, 255, 255);
  }

  @Test
  void brokenProfiles_areIgnoredWithARemark() {
    byte[] cut = Arrays.copyOf(IccProfiles.displayP3(), 300);
    byte[] noSignature = IccProfiles.displayP3();
    noSignature[36] = 'x';
    byte[] link = IccProfiles.displayP3();
    link[12] = 'l';
    byte[] manyTags = IccProfiles.displayP3();
    manyTags[128] = 1;
    assertThat(remark(new byte[0])).endsWith("it is not an ICC profile; ignored");
    assertThat(remark(cut)).endsWith("it is cut short; ignored");
    assertThat(remark(noSignature)).endsWith("it is not an ICC profile; ignored");
    assertThat(remark(link)).endsWith("it is not a device profile; ignored");
    assertThat(remark(manyTags)).endsWith("its tag table is broken; ignored");
  }

  @Test
  void tagBeyondTheProfile_isIgnoredWithARemark() {
    byte[] profile = IccProfiles.displayP3();
    int red = tagEntry(profile, "rTRC");
    profile[red + 4] = 0x7f;
    assertThat(remark(profile)).endsWith("it has no usable rTRC tag; ignored");
  }

  @Test
  void hugeLookupTable_inASmallTag_isRefusedBeforeItIsAllocated() {
    byte[] profile = IccProfiles.cmyk();
    profile[132 + 12 + 10] = (byte) 255; // 255⁴ nodes
    assertThat(remarkFor(ColorKind.CMYK, profile))
        .endsWith("one of its tags is cut short; ignored");
  }

  @Test
  void tooLongCurve_isRefused() {
    byte[] profile = TestProfiles.withCurve(TestProfiles.curv(new int[(1 << 16) + 1]));
    assertThat(remark(profile)).endsWith("one of its curves is too long; ignored");
  }

  @Test
  void tooLargeLookupTable_isRefused() {
    byte[] profile = Arrays.copyOf(IccProfiles.cmyk(), 1 << 22);
    ByteBuffer.wrap(profile)
        .putInt(0, profile.length)
        .putInt(132 + 8, profile.length - 144)
        .put(144 + 10, (byte) 25); // 25⁴ nodes, for which there is room
    assertThat(remarkFor(ColorKind.CMYK, profile))
        .endsWith("its lookup table is too large; ignored");
  }

  @Test
  void blackWhite_isRefused() {
    byte[] profile = IccProfiles.displayP3();
    for (String tag : new String[] {"rXYZ", "gXYZ", "bXYZ"}) {
      int entry = tagEntry(profile, tag);
      int offset = ((profile[entry + 6] & 0xff) << 8) + (profile[entry + 7] & 0xff);
      Arrays.fill(profile, offset + 8, offset + 20, (byte) 0);
    }
    assertThat(remark(profile)).endsWith("its white is not white; ignored");
  }

  /** The arithmetic is the same on every JDK and processor; so are the bytes. */
  @Test
  void everyConversion_everywhere_givesTheSameBytes() {
    CRC32 crc = new CRC32();
    for (byte[] profile :
        new byte[][] {
          IccProfiles.displayP3(),
          IccProfiles.adobeRgb(),
          IccProfiles.proPhoto(),
          IccProfiles.rgbTables()
        }) {
      update(crc, ColorKind.YCBCR, profile);
    }
    update(crc, ColorKind.GRAY, IccProfiles.grayGamma22());
    update(crc, ColorKind.CMYK, IccProfiles.cmyk());
    update(crc, ColorKind.YCCK, IccProfiles.cmyk8());
    update(crc, ColorKind.CMYK, null);
    assertThat(crc.getValue()).isEqualTo(3_323_242_217L);
  }

  private static void update(CRC32 crc, ColorKind color, byte @Nullable [] profile) {
    Raster source = TestRasters.random(64, 64, color, false, 51);
    Raster result = ColorConversion.of(color, profile, new Notes()).toRgb(source);
    for (int c = 0; c < result.channelCount(); c++) {
      crc.update(result.channel(c));
    }
  }

  private String remark(byte[] profile) {
    return remarkFor(ColorKind.RGB, profile);
  }

  private static String remarkFor(ColorKind color, byte[] profile) {
    Notes notes = new Notes();
    ColorConversion.of(color, profile, notes);
    assertThat(notes.list()).hasSize(1);
    return notes.list().get(0);
  }

  private static void assertNear(int[] color, int... expected) {
    for (int c = 0; c < 3; c++) {
      assertThat(color[c]).isBetween(expected[c] - 3, expected[c] + 3);
    }
  }

  private static int[] convert(ColorConversion conversion, ColorKind color, int... samples) {
    return TestRasters.pixel(conversion.toRgb(TestRasters.of(color, samples)), 0);
  }

  private static int tagEntry(byte[] profile, String tag) {
    for (int at = 132; ; at += 12) {
      if (new String(profile, at, 4, StandardCharsets.US_ASCII).equals(tag)) {
        return at;
      }
    }
  }
}
