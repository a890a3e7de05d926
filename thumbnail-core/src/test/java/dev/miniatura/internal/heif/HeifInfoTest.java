package dev.miniatura.internal.heif;

import static dev.miniatura.testing.HeifMaker.av1C;
import static dev.miniatura.testing.HeifMaker.box;
import static dev.miniatura.testing.HeifMaker.clap;
import static dev.miniatura.testing.HeifMaker.hvcC;
import static dev.miniatura.testing.HeifMaker.icc;
import static dev.miniatura.testing.HeifMaker.imir;
import static dev.miniatura.testing.HeifMaker.irot;
import static dev.miniatura.testing.HeifMaker.ispe;
import static dev.miniatura.testing.HeifMaker.nclx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageInfos;
import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.testing.ExifMaker;
import dev.miniatura.testing.HeifMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeifInfoTest {

  private static final byte[] DATA = {1, 2, 3, 4, 5, 6, 7};

  private static ImageInfo probe(byte[] file) throws IOException {
    ImageInfo info = Thumbnailer.create().probe(ImageSource.of(file));
    ImageSource stream = () -> new ByteArrayInputStream(file);
    assertThat(Thumbnailer.create().probe(stream)).isEqualTo(info);
    return info;
  }

  private static Picture picture(byte[] file) throws IOException {
    return PictureReader.read(HeifFile.read(SourceBytes.of(file)));
  }

  private static HeifMaker phone() {
    HeifMaker maker = HeifMaker.of("heic", "mif1", "heic");
    int grid = maker.item("grid", HeifMaker.grid(2, 3, 140, 100), ispe(140, 100), irot(3));
    int[] tiles = new int[6];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = maker.item("hvc1", DATA, hvcC(1, 8), ispe(64, 64), icc(new byte[200]));
    }
    byte[] structure = ExifMaker.bigEndian().orientation(6).taken("2024:02:29 23:59:58").bytes();
    int exif = maker.item("Exif", HeifMaker.exif(structure));
    int thumbnail = maker.item("hvc1", DATA, hvcC(1, 8), ispe(32, 24));
    int gainMap =
        maker.item(
            "hvc1",
            DATA,
            hvcC(0, 8),
            ispe(70, 50),
            HeifMaker.auxC("urn:com:apple:photo:2020:aux:hdrgainmap"));
    return maker
        .reference("dimg", grid, tiles)
        .reference("cdsc", exif, grid)
        .reference("thmb", thumbnail, grid)
        .reference("auxl", gainMap, grid);
  }

  @Test
  void probe_gridOfPhone_isToldWithoutCodec() throws IOException {
    Camera camera =
        new Camera(
            Optional.of("Miniatura"),
            Optional.of("Synthetic camera"),
            Optional.of(LocalDateTime.of(2024, 2, 29, 23, 59, 58)));
    ImageInfo info = probe(phone().bytes());
    assertThat(info)
        .isEqualTo(
            ImageInfos.of(
                ImageHeader.of("HEIC", 140, 100, "YCbCr 4:2:0", 8)
                    .orientation(6)
                    .iccProfile(true)
                    .camera(camera)
                    .build()));
    assertThat(info.mediaType()).isEqualTo("image/heic");
    assertThat(info.displayWidth()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "1, true", "2, false", "2, true"})
  void read_dataAnywhere_isFound(int version, boolean inIdat) throws IOException {
    HeifMaker maker = HeifMaker.of("avif", "mif1", "miaf");
    maker.item("av01", DATA, av1C(0, 10, false, 1, 1), ispe(7, 5));
    maker.locations(version, inIdat).extents(3);
    for (int round = 0; round < 2; round++) {
      HeifFile file = HeifFile.read(SourceBytes.of(maker.bytes()));
      Content.Tiles tiles = (Content.Tiles) PictureReader.read(file).content();
      assertThat(ItemData.read(file, tiles.items().get(0))).isEqualTo(DATA);
      assertThat(ItemData.read(file, tiles.items().get(0), 4)).isEqualTo(Arrays.copyOf(DATA, 4));
      maker.dataFirst();
    }
  }

  @Test
  void probe_everyDepthAndSubsampling_isToldFromTheConfiguration() throws IOException {
    assertThat(words(av1C(0, 8, true, 1, 1))).isEqualTo("AVIF gray 8");
    assertThat(words(av1C(1, 10, false, 0, 0))).isEqualTo("AVIF YCbCr 4:4:4 10");
    assertThat(words(av1C(2, 12, false, 1, 0))).isEqualTo("AVIF YCbCr 4:2:2 12");
    assertThat(words(hvcC(0, 12))).isEqualTo("HEIC gray 12");
    assertThat(words(hvcC(1, 8))).isEqualTo("HEIC YCbCr 4:2:0 8");
    assertThat(words(hvcC(2, 10))).isEqualTo("HEIC YCbCr 4:2:2 10");
    assertThat(words(hvcC(3, 8))).isEqualTo("HEIC YCbCr 4:4:4 8");
  }

  private static String words(byte[] configuration) throws IOException {
    HeifMaker maker = HeifMaker.of("mif1");
    maker.item(configuration[4] == 'h' ? "hvc1" : "av01", DATA, configuration, ispe(3, 2));
    ImageInfo info = probe(maker.bytes());
    return info.format() + " " + info.color() + " " + info.bitsPerSample();
  }

  @Test
  void read_cutThenTurned_isInTheOrderOfTheProperties() throws IOException {
    HeifMaker maker = HeifMaker.of("heic");
    maker.item(
        "hvc1", DATA, hvcC(1, 8), ispe(60, 40), clap(60, 40, 10, 4, 30, 20), irot(1), imir(0));
    Placement placement = picture(maker.bytes()).placement();
    assertThat(placement.left()).isEqualTo(10);
    assertThat(placement.top()).isEqualTo(4);
    assertThat(placement.orientation()).isEqualTo(5);
    HeifMaker turnedFirst = HeifMaker.of("heic");
    turnedFirst.item("hvc1", DATA, hvcC(1, 8), ispe(60, 40), irot(1), clap(40, 60, 3, 5, 20, 30));
    placement = picture(turnedFirst.bytes()).placement();
    assertThat(placement.left()).isEqualTo(60 - 5 - 30);
    assertThat(placement.top()).isEqualTo(3);
    assertThat(placement.codedWidth()).isEqualTo(30);
  }

  @Test
  void read_identity_addsToItsInput() throws IOException {
    HeifMaker maker = HeifMaker.of("heic");
    int coded = maker.item("hvc1", DATA, hvcC(1, 8), ispe(60, 40), irot(1), nclx(9, 16, 9, false));
    int derived = maker.item("iden", new byte[0], ispe(40, 60), irot(3));
    maker.reference("dimg", derived, coded).primary(derived);
    Picture picture = picture(maker.bytes());
    assertThat(picture.placement()).isEqualTo(Placement.whole(60, 40));
    assertThat(picture.colors().nclx()).isNotNull();
  }

  @Test
  void read_alpha_isFoundAndKnownAsPremultiplied() throws IOException {
    HeifMaker maker = HeifMaker.of("avif");
    int color = maker.item("av01", DATA, av1C(1, 8, false, 0, 0), ispe(6, 4));
    int alpha = maker.item("av01", DATA, av1C(0, 8, true, 1, 1), HeifMaker.alpha());
    maker.reference("auxl", alpha, color);
    assertThat(picture(maker.bytes()).alpha()).isNotNull();
    assertThat(picture(maker.bytes()).premultiplied()).isFalse();
    assertThat(probe(maker.bytes()).alpha()).isTrue();
    maker.reference("prem", color, alpha);
    assertThat(picture(maker.bytes()).premultiplied()).isTrue();
  }

  @Test
  void read_gridWhoseTilesHaveAlpha_hasAGridOfAlpha() throws IOException {
    HeifMaker maker = HeifMaker.of("avif");
    int grid = maker.item("grid", HeifMaker.grid(1, 2, 100, 64), ispe(100, 64));
    int[] tiles = new int[2];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = maker.item("av01", DATA, av1C(1, 8, false, 0, 0), ispe(64, 64));
      int alpha = maker.item("av01", DATA, av1C(0, 8, true, 1, 1), HeifMaker.alpha(), ispe(64, 64));
      maker.reference("auxl", alpha, tiles[i]);
    }
    maker.reference("dimg", grid, tiles);
    Content.Tiles alpha = (Content.Tiles) picture(maker.bytes()).alpha();
    assertThat(alpha).isNotNull();
    assertThat(alpha.width()).isEqualTo(100);
    assertThat(alpha.columns()).isEqualTo(2);
  }

  @Test
  void probe_sequence_countsItsPictures() throws IOException {
    byte[] moov = HeifMaker.moov("av01", 64, 48, 40, new int[] {5, 6, 7}, av1C(0, 8, false, 1, 1));
    byte[] file = HeifMaker.of("avis", "msf1").sequence(moov).bytes();
    ImageInfo info = probe(file);
    assertThat(info.frames()).isEqualTo(3);
    assertThat(info.format()).isEqualTo("AVIF");
    assertThat(info.width()).isEqualTo(64);
    HeifFile parsed = HeifFile.read(SourceBytes.of(file));
    Content.Tiles tiles = (Content.Tiles) PictureReader.read(parsed).content();
    assertThat(tiles.items().get(0).extents).containsExactly(new Item.Extent(40, 5));
  }

  @Test
  void read_moreReferencesThanAnyPhoneHas_areAllKept() throws IOException {
    HeifMaker maker = HeifMaker.of("heic");
    int columns = 40;
    int[] tiles = new int[columns * columns];
    int grid = maker.item("grid", HeifMaker.grid(columns, columns, 640, 640), ispe(640, 640));
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = maker.item("hvc1", DATA, hvcC(1, 8), ispe(16, 16));
    }
    maker.reference("dimg", grid, tiles);
    Content.Tiles content = (Content.Tiles) picture(maker.bytes()).content();
    assertThat(content.items()).hasSize(1600);
    assertThat(content.rows()).isEqualTo(columns);
  }

  @Test
  void read_propertyThatMustBeUnderstood_isRefusedByName() throws IOException {
    HeifMaker maker = HeifMaker.of("heic");
    int item = maker.item("hvc1", DATA, hvcC(1, 8), ispe(6, 4));
    maker.property(item, false, box("newp", DATA));
    assertThat(probe(maker.bytes()).width()).isEqualTo(6);
    maker.property(item, true, box("newq", DATA));
    assertThatThrownBy(() -> probe(maker.bytes()))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("newq");
  }

  @ParameterizedTest
  @ValueSource(strings = {"isom", "qt  ", "mp42", "M4A "})
  void read_otherMedia_isNamedByBrand(String brand) {
    byte[] file = HeifMaker.of(brand, "iso2").bytes();
    assertThatThrownBy(() -> probe(file))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("brand " + brand.strip());
  }

  @Test
  void read_derivedItemOfItself_ends() {
    HeifMaker maker = HeifMaker.of("heic");
    int first = maker.item("iden", new byte[0], ispe(6, 4));
    maker.reference("dimg", first, first);
    assertThatThrownBy(() -> probe(maker.bytes())).isInstanceOf(MalformedImageException.class);
  }

  @Test
  void read_gridThatDoesNotFit_isMalformed() {
    HeifMaker maker = HeifMaker.of("heic");
    int grid = maker.item("grid", HeifMaker.grid(1, 2, 200, 64), ispe(200, 64));
    int tile = maker.item("hvc1", DATA, hvcC(1, 8), ispe(64, 64));
    maker.reference("dimg", grid, tile, tile);
    assertThatThrownBy(() -> probe(maker.bytes()))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("do not fill");
  }

  @Test
  void read_itemsWithoutEnd_areBoundedByMemory() {
    byte[] one = HeifMaker.fullBox("infe", 2, 0, new byte[12]);
    int count = 200_000;
    byte[] infe = new byte[6 + count * one.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(one, 0, infe, 6 + i * one.length, one.length);
      infe[6 + i * one.length + 3] = (byte) one.length;
      infe[6 + i * one.length + 8] = 3; // version with 32-bit numbers
      infe[6 + i * one.length + 12] = (byte) (i >> 24);
      infe[6 + i * one.length + 13] = (byte) (i >> 16);
      infe[6 + i * one.length + 14] = (byte) (i >> 8);
      infe[6 + i * one.length + 15] = (byte) i;
    }
    byte[] head = HeifMaker.of("heic").bytes();
    byte[] meta = HeifMaker.fullBox("meta", 0, 0, box("iinf", infe));
    byte[] file = Arrays.copyOf(head, head.length + meta.length);
    System.arraycopy(meta, 0, file, head.length, meta.length);
    assertThatThrownBy(() -> probe(file)).isInstanceOf(LimitExceededException.class);
  }

  /** Broken and truncated files cause only this library's exceptions. */
  @Test
  void probe_brokenAnywhere_endsTyped() throws IOException {
    byte[] whole = phone().bytes();
    Random random = new Random(15);
    for (int round = 0; round < 4000; round++) {
      byte[] broken = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        broken[random.nextInt(broken.length)] =
            (byte) (random.nextBoolean() ? random.nextInt() : random.nextBoolean() ? 255 : 0);
      }
      int length = random.nextInt(3) == 0 ? random.nextInt(whole.length) : whole.length;
      try {
        Thumbnailer.create().probe(ImageSource.of(Arrays.copyOf(broken, length)));
      } catch (ThumbnailException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
