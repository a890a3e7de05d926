package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

class ImageBombsTest {

  @Test
  void all_headers_claimTheirSize() throws Exception {
    for (Map.Entry<String, byte[]> bomb : ImageBombs.all().entrySet()) {
      byte[] file = bomb.getValue();
      assertThat(file).as(bomb.getKey()).hasSizeLessThan(1024);
      int side = bomb.getKey().equals("webp") ? ImageBombs.WEBP_SIDE : ImageBombs.SIDE;
      assertThat(List.of(width(file), height(file))).as(bomb.getKey()).containsOnly(side);
    }
  }

  @Test
  void blackPng_header_claimsItsSizeInFewBytes() throws Exception {
    byte[] file = ImageBombs.blackPng();

    assertThat(width(file)).isEqualTo(ImageBombs.SIDE);
    assertThat(file).hasSizeLessThan(200_000);
  }

  @Test
  void manyScans_aFew_decodeToGray() throws Exception {
    assertThat(Decoded.of(ImageBombs.manyScans(4)).getRaster().getSample(4095, 4095, 0))
        .isEqualTo(128);
    assertThat(ImageBombs.manyScans(1000)).hasSizeLessThan(100_000);
  }

  @Test
  void manyFrames_thousand_areSmall() {
    assertThat(ImageBombs.manyFrames(1000)).hasSizeLessThan(50_000);
  }

  @Test
  void profilePng_tenMegabytes_areSmall() {
    assertThat(ImageBombs.profilePng(10_000_000)).hasSizeLessThan(20_000);
  }

  @Test
  void truncated_parts_growFromNothing() {
    List<byte[]> parts = ImageBombs.truncated(new byte[100], 4);

    assertThat(parts).extracting(part -> part.length).containsExactly(0, 25, 50, 75);
  }

  private static int width(byte[] file) throws Exception {
    ImageReader reader = reader(file);
    int width = reader.getWidth(0);
    reader.dispose();
    return width;
  }

  private static int height(byte[] file) throws Exception {
    ImageReader reader = reader(file);
    int height = reader.getHeight(0);
    reader.dispose();
    return height;
  }

  private static ImageReader reader(byte[] file) {
    ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
    ImageReader reader = ImageIO.getImageReaders(in).next();
    reader.setInput(in);
    return reader;
  }
}
