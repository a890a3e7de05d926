package dev.miniatura.heic;

import static dev.miniatura.testing.HeifMaker.clap;
import static dev.miniatura.testing.HeifMaker.hvcC;
import static dev.miniatura.testing.HeifMaker.irot;
import static dev.miniatura.testing.HeifMaker.ispe;
import static dev.miniatura.testing.HeifMaker.nclx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.RenderPlan;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.HeifMaker;
import dev.miniatura.testing.IccProfiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HEIC files from bytes to thumbnails; their pixels are known, because they are coded losslessly.
 */
class HeicFileTest {

  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();
  private static final ThumbnailSpec WHOLE = ThumbnailSpec.parse("fit:4000x4000,format:png");

  /** Smooth, and different at every position. */
  private static int color(int channel, double x, double y) {
    return switch (channel) {
      case 0 -> (int) (40 + 150 * x);
      case 1 -> (int) (60 + 120 * y);
      default -> (int) (50 + 70 * x + 70 * (1 - y));
    };
  }

  private record Coded(int width, int height, int chromaFormat, int bitDepth, boolean fullRange) {

    PcmPicture picture(int left, int top, int partWidth, int partHeight) {
      return new PcmPicture(
          partWidth,
          partHeight,
          chromaFormat,
          bitDepth,
          fullRange,
          (c, x, y) -> sample(c, x, y, left, top));
    }

    /** BT.601, by its definition. */
    private int sample(int component, int x, int y, int left, int top) {
      int stepX = component > 0 && chromaFormat < 3 ? 2 : 1;
      int stepY = component > 0 && chromaFormat == 1 ? 2 : 1;
      double u = (left + (x + 0.5) * stepX) / width;
      double v = (top + (y + 0.5) * stepY) / height;
      double r = color(0, u, v) / 255.0;
      double g = color(1, u, v) / 255.0;
      double b = color(2, u, v) / 255.0;
      double luma = 0.299 * r + 0.587 * g + 0.114 * b;
      double scale = 1 << (bitDepth - 8);
      double most = (1 << bitDepth) - 1;
      if (component == 0) {
        return (int) Math.round(fullRange ? luma * most : (16 + 219 * luma) * scale);
      }
      double chroma = component == 1 ? (b - luma) / 1.772 : (r - luma) / 1.402;
      return (int) Math.round(chroma * (fullRange ? most : 224 * scale) + 128 * scale);
    }

    byte[] single() throws IOException {
      HeifMaker maker = HeifMaker.of("heic");
      item(maker, 0, 0, width, height);
      return maker.bytes();
    }

    int item(HeifMaker maker, int left, int top, int partWidth, int partHeight) throws IOException {
      PcmPicture picture = picture(left, top, partWidth, partHeight);
      byte[] configuration = hvcC(chromaFormat, bitDepth, picture.parameterSets());
      return maker.item("hvc1", picture.item(), configuration, ispe(partWidth, partHeight));
    }

    HeifMaker grid(int tileWidth, int tileHeight, byte[]... properties) throws IOException {
      int columns = (width + tileWidth - 1) / tileWidth;
      int rows = (height + tileHeight - 1) / tileHeight;
      HeifMaker maker = HeifMaker.of("heic", "mif1");
      int grid = maker.item("grid", HeifMaker.grid(rows, columns, width, height), properties);
      int[] tiles = new int[rows * columns];
      for (int i = 0; i < tiles.length; i++) {
        tiles[i] =
            item(maker, i % columns * tileWidth, i / columns * tileHeight, tileWidth, tileHeight);
      }
      return maker.reference("dimg", grid, tiles);
    }
  }

  private static final Coded PHONE = new Coded(150, 90, 1, 8, true);

  private static BufferedImage render(byte[] file, ThumbnailSpec spec) throws IOException {
    Thumbnail thumbnail = THUMBNAILER.render(ImageSource.of(file), spec);
    assertThat(thumbnail.notes()).isEmpty();
    return ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
  }

  private static int largestDifference(BufferedImage picture, Coded coded) {
    int most = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        for (int c = 0; c < 3; c++) {
          int expected = color(c, (x + 0.5) / coded.width, (y + 0.5) / coded.height);
          int actual = picture.getRGB(x, y) >> (16 - 8 * c) & 0xff;
          most = Math.max(most, Math.abs(expected - actual));
        }
      }
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, true",
    "1, 8, false",
    "2, 8, true",
    "3, 8, true",
    "1, 10, true",
    "2, 10, false",
    "3, 12, false",
    "1, 12, true"
  })
  void render_everyDepthRangeAndSubsampling_isThePicture(int chroma, int depth, boolean fullRange)
      throws IOException {
    Coded coded = new Coded(70, 44, chroma, depth, fullRange);
    BufferedImage picture = render(coded.single(), WHOLE);
    assertThat(picture.getWidth()).isEqualTo(70);
    assertThat(largestDifference(picture, coded)).isLessThanOrEqualTo(4);
  }

  @Test
  void render_grid_isAsOnePicture() throws IOException {
    byte[] grid = PHONE.grid(64, 32, ispe(150, 90)).bytes();
    for (String spec :
        List.of("fit:4000x4000,format:png", "fit:60x60,format:png", "fit:30x30,format:jpeg")) {
      BufferedImage single = render(PHONE.single(), ThumbnailSpec.parse(spec));
      BufferedImage tiled = render(grid, ThumbnailSpec.parse(spec));
      assertThat(tiled.getRGB(0, 0, tiled.getWidth(), tiled.getHeight(), null, 0, 200))
          .isEqualTo(single.getRGB(0, 0, single.getWidth(), single.getHeight(), null, 0, 200));
    }
  }

  @Test
  void render_turned_isUpright() throws IOException {
    BufferedImage flat = render(PHONE.single(), WHOLE);
    BufferedImage turned = render(PHONE.grid(64, 32, ispe(150, 90), irot(3)).bytes(), WHOLE);
    assertThat(turned.getWidth()).isEqualTo(90);
    for (int x = 0; x < 90; x++) {
      for (int y = 0; y < 150; y++) {
        assertThat(turned.getRGB(x, y)).isEqualTo(flat.getRGB(y, 89 - x));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 10, 1", "21, 11, 1", "21, 11, 2", "33, 7, 3"})
  void render_clean_isThatPart(int left, int top, int chroma) throws IOException {
    Coded coded = new Coded(150, 90, chroma, 8, true);
    HeifMaker maker = HeifMaker.of("heic");
    int item = coded.item(maker, 0, 0, 150, 90);
    maker.property(item, true, clap(150, 90, left, top, 60, 40));
    BufferedImage part = render(maker.bytes(), WHOLE);
    BufferedImage whole = render(coded.single(), WHOLE);
    assertThat(part.getWidth()).isEqualTo(60);
    assertThat(part.getHeight()).isEqualTo(40);
    int most = 0;
    for (int y = 2; y < 38; y++) {
      for (int x = 2; x < 58; x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int difference =
              (part.getRGB(x, y) >> shift & 0xff)
                  - (whole.getRGB(left + x, top + y) >> shift & 0xff);
          most = Math.max(most, Math.abs(difference));
        }
      }
    }
    assertThat(most).isLessThanOrEqualTo(2);
  }

  @Test
  void render_tilesOutsideOfTheCrop_areNeitherReadNorDecoded() throws IOException {
    Coded wide = new Coded(960, 64, 1, 8, true);
    HeifMaker maker = HeifMaker.of("heic");
    int grid = maker.item("grid", HeifMaker.grid(1, 15, 960, 64), ispe(960, 64));
    int[] tiles = new int[15];
    for (int i = 0; i < tiles.length; i++) {
      PcmPicture tile = wide.picture(64 * i, 0, 64, 64);
      byte[] data = i < 4 ? tile.item() : new byte[] {0, 0, 0, 9, 1};
      tiles[i] = maker.item("hvc1", data, hvcC(1, 8, tile.parameterSets()), ispe(64, 64));
    }
    byte[] file = maker.reference("dimg", grid, tiles).bytes();
    ThumbnailSpec west = ThumbnailSpec.parse("cover:32x32,gravity:west,format:png");
    assertThat(render(file, west).getWidth()).isEqualTo(32);
    assertThatThrownBy(() -> render(file, WHOLE)).isInstanceOf(MalformedImageException.class);
  }

  @Test
  void render_profileOfTilesOnly_isFollowed() throws IOException {
    byte[] profile = IccProfiles.displayP3();
    HeifMaker ofTiles = PHONE.grid(64, 32, ispe(150, 90));
    for (int tile = 2; tile <= 10; tile++) {
      ofTiles.property(tile, false, HeifMaker.icc(profile));
    }
    byte[] ofGrid = PHONE.grid(64, 32, ispe(150, 90), HeifMaker.icc(profile)).bytes();
    BufferedImage first = render(ofTiles.bytes(), WHOLE);
    BufferedImage second = render(ofGrid, WHOLE);
    BufferedImage plain = render(PHONE.single(), WHOLE);
    assertThat(first.getRGB(100, 20)).isEqualTo(second.getRGB(100, 20));
    assertThat(first.getRGB(100, 20)).isNotEqualTo(plain.getRGB(100, 20));
  }

  @Test
  void render_perceptualQuantizer_isToneMapped() throws IOException {
    HeifMaker maker = HeifMaker.of("heix");
    PcmPicture gray =
        new PcmPicture(64, 32, 2, 10, true, (c, x, y) -> c > 0 ? 512 : x < 32 ? 450 : 769);
    maker.item(
        "hvc1", gray.item(), hvcC(2, 10, gray.parameterSets()), ispe(64, 32), nclx(9, 16, 9, true));
    BufferedImage picture = render(maker.bytes(), WHOLE);
    double dark = 1.055 * Math.pow(50 / 203.0, 1 / 2.4) - 0.055; // 50 cd/m² stay as they are
    assertThat((double) picture.getRaster().getSample(10, 10, 0))
        .isCloseTo(255 * dark, within(2.0));
    assertThat(picture.getRaster().getSample(50, 10, 0))
        .isGreaterThan(252); // 1,000 cd/m² are white
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void render_alpha_isThatOfItsItem(boolean premultiplied) throws IOException {
    HeifMaker maker = HeifMaker.of("heic");
    PcmPicture colors = new PcmPicture(64, 32, 3, 8, true, (c, x, y) -> c == 0 ? 60 : 128);
    PcmPicture opacity = new PcmPicture(32, 16, 0, 8, true, (c, x, y) -> x < 16 ? 255 : 120);
    int color = maker.item("hvc1", colors.item(), hvcC(3, 8, colors.parameterSets()), ispe(64, 32));
    int alpha =
        maker.item(
            "hvc1",
            opacity.item(),
            hvcC(0, 8, opacity.parameterSets()),
            ispe(32, 16),
            HeifMaker.auxC("urn:mpeg:hevc:2015:auxid:1"));
    maker.reference("auxl", alpha, color);
    if (premultiplied) {
      maker.reference("prem", color, alpha);
    }
    BufferedImage picture = render(maker.bytes(), WHOLE);
    assertThat(picture.getRGB(10, 10)).isEqualTo(0xff3c3c3c);
    int half = picture.getRGB(50, 10);
    assertThat(half >>> 24).isEqualTo(120);
    assertThat((double) (half & 0xff)).isCloseTo(premultiplied ? 127.5 : 60, within(1.0));
  }

  @Test
  void render_overlay_paintsInOrder() throws IOException {
    HeifMaker maker = HeifMaker.of("mif1");
    byte[] canvas = {0, 0, -1, -1, 0, 0, 0, 0, -1, -1, 0, 80, 0, 60, 0, 10, 0, 5, -1, -16, 0, 20};
    int overlay = maker.item("iovl", canvas, ispe(80, 60));
    int[] layers = new int[2];
    for (int i = 0; i < 2; i++) {
      int level = 100 + 100 * i;
      PcmPicture gray = new PcmPicture(40, 30, 1, 8, true, (c, x, y) -> c == 0 ? level : 128);
      layers[i] = maker.item("hvc1", gray.item(), hvcC(1, 8, gray.parameterSets()), ispe(40, 30));
    }
    BufferedImage picture = render(maker.reference("dimg", overlay, layers).bytes(), WHOLE);
    assertThat(picture.getWidth()).isEqualTo(80);
    assertThat(picture.getRGB(70, 50)).isEqualTo(0xffff0000);
    assertThat(picture.getRGB(12, 7)).isEqualTo(0xff646464);
    assertThat(picture.getRGB(2, 22)).isEqualTo(0xffc8c8c8);
    assertThat(picture.getRGB(20, 22)).isEqualTo(0xffc8c8c8);
  }

  /** 48 megapixels of 512 × 512 tiles, which here are all the same item. */
  private static byte[] fortyEightMegapixels() throws IOException {
    Coded tile = new Coded(512, 512, 1, 8, true);
    HeifMaker maker = HeifMaker.of("heic");
    int grid = maker.item("grid", HeifMaker.grid(12, 16, 8064, 6048), ispe(8064, 6048));
    int[] tiles = new int[12 * 16];
    Arrays.fill(tiles, tile.item(maker, 0, 0, 512, 512));
    return maker.reference("dimg", grid, tiles).bytes();
  }

  @Test
  void plan_largeGrid_holdsARowOfTiles() throws IOException {
    byte[] file = fortyEightMegapixels();
    ThumbnailSpec spec = ThumbnailSpec.parse("fit:1024x1024,format:jpeg");
    RenderPlan plan = THUMBNAILER.plan(ImageSource.of(file), List.of(spec));
    assertThat(plan.peakBytes()).isLessThan((24 << 20) / 4 * 3); // the budget of a heap of 24 MB
    assertThat(plan.decoding()).contains("without in-loop filters");
    Thumbnailer little =
        Thumbnailer.create(Limits.defaults().withWorkingBytes(plan.peakBytes() - 1));
    assertThatThrownBy(() -> little.render(ImageSource.of(file), spec))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void render_sequence_showsItsFirstPicture() throws IOException {
    Coded coded = new Coded(64, 32, 1, 8, true);
    PcmPicture first = coded.picture(0, 0, 64, 32);
    byte[] data = first.item();
    byte[] mdat = HeifMaker.box("mdat", data);
    byte[] start = HeifMaker.of("hevc", "msf1").bytes();
    byte[] moov =
        HeifMaker.moov(
            "hvc1",
            64,
            32,
            start.length + 8,
            new int[] {data.length},
            hvcC(1, 8, first.parameterSets()));
    byte[] file = Arrays.copyOf(start, start.length + mdat.length + moov.length);
    System.arraycopy(mdat, 0, file, start.length, mdat.length);
    System.arraycopy(moov, 0, file, start.length + mdat.length, moov.length);
    assertThat(largestDifference(render(file, WHOLE), coded)).isLessThanOrEqualTo(4);
  }

  /** Broken and truncated files cause only this library's exceptions. */
  @Test
  void render_brokenAnywhere_endsTyped() throws IOException {
    byte[] whole = new Coded(100, 60, 1, 8, true).grid(64, 32, ispe(100, 60), irot(1)).bytes();
    Random random = new Random(14);
    ThumbnailSpec spec = ThumbnailSpec.parse("fit:40x40,format:jpeg");
    for (int round = 0; round < 1500; round++) {
      byte[] broken = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(random.nextBoolean() ? 1500 : broken.length);
        broken[at] = (byte) (random.nextBoolean() ? random.nextInt() : -random.nextInt(2));
      }
      int length = random.nextInt(3) == 0 ? random.nextInt(whole.length) : whole.length;
      try {
        THUMBNAILER.render(ImageSource.of(Arrays.copyOf(broken, length)), spec);
      } catch (ThumbnailException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
