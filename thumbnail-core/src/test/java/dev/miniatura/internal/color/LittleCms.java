package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;

/** The JDK's color engine as a reference: a profile to sRGB with perceptual intent. */
final class LittleCms {

  private static final int INTENT = 64;
  private static final int TAG_COUNT = 128;

  private LittleCms() {}

  /** Converts a raster without alpha whose channels are those of the profile's device. */
  static Raster toSrgb(byte[] profile, Raster raster) {
    byte[] perceptual = perceptualOnly(profile);
    ICC_Profile[] profiles = {
      ICC_Profile.getInstance(perceptual), ICC_Profile.getInstance(ColorSpace.CS_sRGB)
    };
    WritableRaster source = interleaved(raster.width(), raster.height(), raster.channelCount());
    WritableRaster target = interleaved(raster.width(), raster.height(), 3);
    for (int c = 0; c < raster.channelCount(); c++) {
      for (int i = 0; i < raster.channel(c).length; i++) {
        int sample = raster.channel(c)[i] & 0xff;
        source.setSample(i % raster.width(), i / raster.width(), c, sample);
      }
    }
    new ColorConvertOp(profiles, null).filter(source, target);
    Raster result = Raster.opaque(raster.width(), raster.height(), ColorKind.RGB);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < result.channel(c).length; i++) {
        result.channel(c)[i] = (byte) target.getSample(i % raster.width(), i / raster.width(), c);
      }
    }
    return result;
  }

  /**
   * ColorConvertOp asks for relative colorimetric output when a printer's profile comes first.
   * Without the A2B1 tag LittleCMS takes A2B0, the perceptual one, for that too.
   */
  private static byte[] perceptualOnly(byte[] profile) {
    ByteBuffer bytes = ByteBuffer.wrap(profile.clone());
    bytes.putInt(INTENT, 0);
    for (int i = 0; i < bytes.getInt(TAG_COUNT); i++) {
      int entry = TAG_COUNT + 4 + 12 * i;
      if (bytes.getInt(entry) == 0x41324231) {
        bytes.putInt(entry, 0x58324231);
      }
    }
    return bytes.array();
  }

  private static WritableRaster interleaved(int width, int height, int channels) {
    return java.awt.image.Raster.createInterleavedRaster(
        DataBuffer.TYPE_BYTE, width, height, channels, null);
  }
}
