package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.SinglePixelPackedSampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures with every sample model of java.awt.image, with or without more bands than colors. */
class SampleModelTest {

  private static final int SIDE = 8;

  /** A color model that does not check its raster, like those of plugins. */
  private static final class AnyRaster extends ComponentColorModel {

    AnyRaster(int space, boolean alpha, boolean premultiplied, int type) {
      super(
          ColorSpace.getInstance(space),
          alpha,
          premultiplied,
          alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
          type);
    }

    @Override
    public boolean isCompatibleRaster(Raster raster) {
      return true;
    }
  }

  /** Returns the sample of full intensity for a type. */
  private static double full(int type) {
    return switch (type) {
      case DataBuffer.TYPE_BYTE -> 255;
      case DataBuffer.TYPE_USHORT -> 65_535;
      case DataBuffer.TYPE_SHORT -> 32_767;
      case DataBuffer.TYPE_INT -> 4_294_967_295.0;
      default -> 1;
    };
  }

  static Stream<Arguments> models() {
    List<Arguments> cases = new ArrayList<>();
    for (int type = DataBuffer.TYPE_BYTE; type <= DataBuffer.TYPE_DOUBLE; type++) {
      for (int colors : new int[] {1, 3}) {
        for (int alpha = 0; alpha <= 1; alpha++) {
          for (int spots = 0; spots <= 2; spots++) {
            for (SampleModel model : modelsOf(type, colors + alpha + spots)) {
              cases.add(Arguments.of(model, colors, alpha > 0));
            }
          }
        }
      }
    }
    return cases.stream();
  }

  private static List<SampleModel> modelsOf(int type, int bands) {
    int[] inOrder = IntStream.range(0, bands).toArray();
    int[] reversed = IntStream.range(0, bands).map(b -> bands - 1 - b).toArray();
    return List.of(
        new PixelInterleavedSampleModel(type, SIDE, SIDE, bands, SIDE * bands, inOrder),
        new PixelInterleavedSampleModel(type, SIDE, SIDE, bands, SIDE * bands, reversed),
        new ComponentSampleModel(type, SIDE, SIDE, bands + 1, (bands + 1) * (SIDE + 3), inOrder),
        new BandedSampleModel(type, SIDE, SIDE, bands));
  }

  /** Bands beyond colors and alpha are not part of the picture. */
  @ParameterizedTest
  @MethodSource("models")
  void render_anySampleModel_showsColorsAndAlpha(SampleModel model, int colors, boolean alpha)
      throws IOException {
    WritableRaster raster = Raster.createWritableRaster(model, new Point(0, 0));
    double full = full(model.getDataType());
    double[] shares = {0.2, 0.6, 0.8};
    for (int band = 0; band < model.getNumBands(); band++) {
      boolean isAlpha = alpha && band == colors;
      double share = band < colors ? shares[band] : isAlpha ? 0.4 : band % 2;
      for (int i = 0; i < SIDE * SIDE; i++) {
        raster.setSample(i % SIDE, i / SIDE, band, share * full);
        if (full > Integer.MAX_VALUE) {
          raster.setSample(i % SIDE, i / SIDE, band, (int) (long) (share * full));
        }
      }
    }
    int space = colors == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    ColorModel color = new AnyRaster(space, alpha, false, model.getDataType());
    int argb = center(new BufferedImage(color, raster, false, null));
    assertThat(argb >>> 24).isEqualTo(alpha ? 102 : 255);
    assertThat(argb >> 16 & 0xff).isEqualTo(51);
    assertThat(argb >> 8 & 0xff).isEqualTo(colors == 1 ? 51 : 153);
    assertThat(argb & 0xff).isEqualTo(colors == 1 ? 51 : 204);
  }

  @Test
  void render_premultipliedWithSpots_isDividedByAlpha() throws IOException {
    for (int type : new int[] {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_FLOAT}) {
      SampleModel model = new BandedSampleModel(type, SIDE, SIDE, 6);
      WritableRaster raster = Raster.createWritableRaster(model, new Point(0, 0));
      double[] shares = {0.2, 34 / 255.0, 0.4, 0.4, 1, 1};
      for (int i = 0; i < SIDE * SIDE * 6; i++) {
        raster.setSample(i / 6 % SIDE, i / 6 / SIDE, i % 6, shares[i % 6] * full(type));
      }
      ColorModel color = new AnyRaster(ColorSpace.CS_sRGB, true, true, type);
      BufferedImage image = new BufferedImage(color, raster, true, null);
      assertThat(center(image)).isEqualTo(0x668055ff);
    }
  }

  @Test
  void render_packedModelWithoutBitsForAColor_isDarkInIt() throws IOException {
    int[] masks = {0xf800, 0, 0x001f};
    for (int type : new int[] {DataBuffer.TYPE_USHORT, DataBuffer.TYPE_INT}) {
      SampleModel model = new SinglePixelPackedSampleModel(type, SIDE, SIDE, masks);
      WritableRaster raster = Raster.createWritableRaster(model, new Point(0, 0));
      for (int i = 0; i < SIDE * SIDE; i++) {
        raster.setSample(i % SIDE, i / SIDE, 0, 31);
      }
      ColorSpace rgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
      ColorModel color = new DirectColorModel(rgb, 16, masks[0], 0, masks[2], 0, false, type);
      assertThat(center(new BufferedImage(color, raster, false, null))).isEqualTo(0xffff0000);
    }
  }

  /** Any exception of a picture's mismatched parts becomes an error of this library. */
  @Test
  void render_rasterWithTooFewBands_isUnsupported() {
    WritableRaster raster =
        Raster.createBandedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 2, new Point(0, 0));
    ColorModel color = new AnyRaster(ColorSpace.CS_sRGB, false, false, DataBuffer.TYPE_BYTE);
    BufferedImage image = new BufferedImage(color, raster, false, null);
    assertThatThrownBy(() -> center(image))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("raster and color model do not go together"); // no class names
  }

  private static int center(BufferedImage image) throws IOException {
    return Thumbnailer.create()
        .renderImage(ImageSource.of(image), ThumbnailSpec.fit(4, 4))
        .getRGB(2, 2);
  }
}
