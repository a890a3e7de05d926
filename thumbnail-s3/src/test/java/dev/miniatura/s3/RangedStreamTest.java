package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.HeifMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

class RangedStreamTest {

  private static final byte[] CONTENT = new byte[100_000];

  private static TestServer server;
  private static String bucket;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.s3proxy();
    bucket = server.newBucket();
    new Random(1).nextBytes(CONTENT);
    store(server.client(), 1).put("key", ImageSource.of(CONTENT), Attributes.none());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static ImageStore store(S3Client client, int firstRange) {
    return S3ImageStore.builder(client, bucket).firstRange(firstRange).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 99, 1_000, 20_000, 25_000, 50_000, 99_999, 100_000, 100_001})
  void read_anyFirstRange_givesTheObject(int firstRange) throws IOException {
    try (InputStream stream = store(server.client(), firstRange).open("key").open()) {
      assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @Test
  void read_inOddPieces_givesTheObject() throws IOException {
    Random random = new Random(2);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] piece = new byte[5_000];
    try (InputStream stream = store(server.client(), 777).open("key").open()) {
      int one = stream.read();
      while (one >= 0) {
        read.write(one);
        int count = stream.read(piece, 7, random.nextInt(4_000));
        read.write(piece, 7, Math.max(count, 0));
        one = stream.read();
      }
    }
    assertThat(read.toByteArray()).isEqualTo(CONTENT);
  }

  @Test
  void read_toTheEnd_needsFewRequests() throws IOException {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), 0, 0);
        S3Client client = TestServer.clientBuilder(proxy.endpoint()).build()) {
      ImageSource source = store(client, 1_000).open("key");
      try (InputStream stream = source.open()) {
        assertThat(stream.readAllBytes()).hasSize(CONTENT.length);
      }
      // 1,000 + 4,000 + 16,000 + 64,000 + the rest
      assertThat(proxy.gets()).isEqualTo(5);
      assertThat(proxy.bytesSent()).isEqualTo(CONTENT.length);
    }
  }

  @Test
  void read_connectionsBreakOff_givesTheObject() throws IOException {
    long broken = 0;
    for (int seed = 0; seed < 20; seed++) {
      try (FaultProxy proxy =
              new FaultProxy(
                  server.endpoint(),
                  0.3,
                  seed,
                  FaultProxy.Fault.RESET_IN_BODY,
                  FaultProxy.Fault.TRUNCATED_BODY);
          S3Client client = TestServer.clientBuilder(proxy.endpoint()).build();
          InputStream stream = store(client, 3_000).open("key").open()) {
        assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        broken += proxy.faults().values().stream().mapToLong(Long::longValue).sum();
      }
    }
    assertThat(broken).isGreaterThan(20);
  }

  @Test
  void read_objectReplacedBetweenRanges_isAConflict() throws IOException {
    ImageStore store = store(server.client(), 1_000);
    store.put("replaced", ImageSource.of(CONTENT), Attributes.none());
    try (InputStream stream = store.open("replaced").open()) {
      assertThat(stream.readNBytes(1_000)).hasSize(1_000);
      store.put("replaced", ImageSource.of(new byte[100_000]), Attributes.none());
      StoreException failure =
          catchThrowableOfType(StoreException.class, () -> stream.readAllBytes());
      assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
    }
  }

  @Test
  void render_progressiveJpeg_leavesMostOfItWhereItIs() throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(1600, 1200)).quality(92).progressive().bytes();
    RangeRun.Result result = RangeRun.measure(server, file, 32 << 10, ThumbnailSpec.fit(128, 128));
    assertThat(result.bytes()).isLessThan(file.length * 2 / 3);
  }

  @Test
  void render_baselineJpeg_isSentOnce() throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(800, 600)).bytes();
    RangeRun.Result result = RangeRun.measure(server, file, 32 << 10, ThumbnailSpec.fit(128, 128));
    assertThat(result.bytes()).isEqualTo(file.length);
  }

  /**
   * Returns an AVIF file as phones write HEIC: boxes, the tiles of the picture, and 2 MB of a gain
   * map that no thumbnail needs.
   *
   * @param gainMapFirst whether the gain map comes before the tiles
   */
  private static byte[] phone(boolean gainMapFirst) {
    byte[] tile = Base64.getDecoder().decode("EgAKDAAAAAf4AfgB+AMKgDIREFQAAADwN/Qsmn+l+pLgJqA=");
    byte[] gray = HeifMaker.av1C(0, 8, true, 1, 1);
    byte[] gainMap = new byte[2_000_000];
    HeifMaker maker = HeifMaker.of("avif", "mif1", "miaf");
    int grid = maker.item("grid", HeifMaker.grid(2, 2, 120, 100), HeifMaker.ispe(120, 100));
    int first = gainMapFirst ? maker.item("av01", gainMap, gray, HeifMaker.ispe(64, 64)) : 0;
    int[] tiles = new int[4];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = maker.item("av01", tile, gray, HeifMaker.ispe(64, 64));
    }
    int map = gainMapFirst ? first : maker.item("av01", gainMap, gray, HeifMaker.ispe(64, 64));
    maker.property(map, true, HeifMaker.auxC("urn:com:apple:photo:2020:aux:hdrgainmap"));
    return maker.reference("dimg", grid, tiles).reference("auxl", map, grid).bytes();
  }

  @Test
  void render_tilesBeforeGainMap_takesOneRequestForBoxesAndTiles() throws IOException {
    byte[] file = phone(false);
    RangeRun.Result result = RangeRun.measure(server, file, 32 << 10, ThumbnailSpec.fit(64, 64));
    assertThat(result.requests()).isOne();
    assertThat(result.bytes()).isEqualTo(32 << 10);
    assertThat(result.size()).isGreaterThan(2_000_000);
  }

  @Test
  void render_tilesAfterGainMap_leavesTheGainMapOut() throws IOException {
    byte[] file = phone(true);
    RangeRun.Result result = RangeRun.measure(server, file, 32 << 10, ThumbnailSpec.fit(64, 64));
    assertThat(result.requests()).isEqualTo(2); // boxes, tiles
    assertThat(result.bytes()).isLessThan((32 << 10) + (64 << 10));
  }

  /**
   * Returns an AVIF file of 4 × 4 tiles of 300 kB each, with a gain map at the end.
   *
   * @param tilesFirst whether the tiles come before the boxes that describe them, as in files of
   *     some phones
   */
  private static byte[] large(boolean tilesFirst) {
    byte[] coded = Base64.getDecoder().decode("EgAKDAAAAAf4AfgB+AMKgDIREFQAAADwN/Qsmn+l+pLgJqA=");
    byte[] tile = Arrays.copyOf(coded, coded.length + 4 + 300_000);
    byte[] padding = {0x7a, (byte) (300_000 | 0x80), (byte) (300_000 >> 7 | 0x80), 300_000 >> 14};
    System.arraycopy(padding, 0, tile, coded.length, padding.length);
    Arrays.fill(tile, coded.length + padding.length, tile.length, (byte) 0x80);
    byte[] gray = HeifMaker.av1C(0, 8, true, 1, 1);
    HeifMaker maker = HeifMaker.of("avif", "mif1", "miaf");
    int grid = maker.item("grid", HeifMaker.grid(4, 4, 256, 256), HeifMaker.ispe(256, 256));
    int[] tiles = new int[16];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = maker.item("av01", tile, gray, HeifMaker.ispe(64, 64));
    }
    int map = maker.item("av01", new byte[900_000], gray, HeifMaker.ispe(64, 64));
    maker.property(map, true, HeifMaker.auxC("urn:com:apple:photo:2020:aux:hdrgainmap"));
    maker.reference("dimg", grid, tiles).reference("auxl", map, grid);
    return tilesFirst ? maker.dataFirst().bytes() : maker.bytes();
  }

  @Test
  void render_largePicture_stopsAfterTheLastTile() throws IOException {
    byte[] file = large(false);
    RangeRun.Result result = RangeRun.measure(server, file, 1 << 20, ThumbnailSpec.fit(64, 64));
    assertThat(result.requests()).isEqualTo(2);
    assertThat(result.size() - result.bytes()).isGreaterThan(900_000 - (64 << 10));
  }

  /** The lowest row of tiles is a quarter of the picture. */
  @Test
  void render_cropOfLargePicture_requestsOnlyItsTiles() throws IOException {
    byte[] file = large(false);
    ThumbnailSpec strip = ThumbnailSpec.parse("cover:64x4,gravity:south");
    RangeRun.Result result = RangeRun.measure(server, file, 256 << 10, strip);
    assertThat(result.requests()).isEqualTo(2);
    assertThat(result.bytes()).isLessThan((256 << 10) + 4 * 300_100 + (64 << 10));
  }

  @Test
  void probe_boxesAtTheEnd_doesNotReadTheTiles() throws IOException {
    byte[] file = large(true);
    RangeRun.Result result = RangeRun.probe(server, file, 256 << 10);
    assertThat(result.requests()).isEqualTo(2);
    assertThat(result.bytes()).isLessThan((256 << 10) + (256 << 10));
  }

  @Test
  void render_boxesAtTheEnd_requestsTheTilesAfterThem() throws IOException {
    byte[] file = large(true);
    RangeRun.Result result = RangeRun.measure(server, file, 256 << 10, ThumbnailSpec.fit(64, 64));
    assertThat(result.requests()).isEqualTo(3); // the beginning, the boxes, the tiles
    assertThat(result.size() - result.bytes()).isPositive();
  }

  @Test
  void fetch_thenRender_leavesTheGainMapOut() throws IOException {
    byte[] file = phone(true);
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), 0, 0);
        S3Client client = TestServer.clientBuilder(proxy.endpoint()).build()) {
      ImageStore store = store(client, 32 << 10);
      store.put("fetched", ImageSource.of(file), Attributes.none());
      ImageStore.Entry entry = store.stat("fetched").orElseThrow();
      Thumbnailer.create().render(store.fetch(entry).content(), ThumbnailSpec.fit(64, 64));
      assertThat(proxy.gets()).isEqualTo(2);
      assertThat(proxy.bytesSent()).isLessThan((32 << 10) + (64 << 10));
    }
  }

  @Test
  void pipeline_measuresTheRangesAndLeavesTheGainMapOut() throws Exception {
    byte[] file = phone(true);
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), 0, 0);
        S3Client client = TestServer.clientBuilder(proxy.endpoint()).build()) {
      ImageStore store = store(client, 32 << 10);
      store.put("photo.avif", ImageSource.of(file), Attributes.none());
      ImageStore thumbnails = MemoryImageStore.create();
      Outcome outcome =
          ThumbnailPipeline.builder(store, thumbnails)
              .specs(Map.of("small", ThumbnailSpec.fit(64, 64)))
              .build()
              .process("photo.avif");
      assertThat(outcome).isInstanceOf(Outcome.Written.class);
      assertThat(proxy.bytesSent()).isLessThan((32 << 10) + (64 << 10));
    }
  }
}
