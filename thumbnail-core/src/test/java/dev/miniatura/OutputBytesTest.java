package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TiffMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The same bytes everywhere: SHA-256 of thumbnails of generated pictures, recorded in {@code
 * output-hashes.txt}, on every JDK and machine. For PNG, the pixels are recorded as well, so that a
 * change of compression is distinguished from a change of the picture. After a change that is meant
 * to change output, rewrite the file, review its difference and explain it in the commit:
 *
 * <pre>{@code
 * mvn -pl thumbnail-core test -Dtest=OutputBytesTest -Dupdate.hashes
 * }</pre>
 */
class OutputBytesTest {

  private static final Path RECORD =
      Path.of("src", "test", "resources", "dev", "miniatura", "output-hashes.txt");

  private static final List<String> OUTPUTS =
      List.of(
          "format:jpeg",
          "format:jpeg,chroma:444,quality:95",
          "format:jpeg,progressive",
          "format:jpeg,kernel:box",
          "format:jpeg,kernel:triangle",
          "format:jpeg,kernel:catmull-rom",
          "format:jpeg,light:linear",
          "format:png",
          "format:png,palette",
          "format:png,light:linear",
          "format:png,icc:keep",
          "format:gif",
          "format:webp",
          "format:webp,effort:0,quality:30",
          "format:webp,effort:6,icc:keep");

  private static Map<String, byte[]> sources() throws IOException {
    BufferedImage photo = TestImages.photo(320, 240);
    BufferedImage clear = TestImages.translucent(320, 240);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("jpeg", JpegMaker.of(photo).sampling(2, 2).bytes());
    files.put("jpeg-progressive", JpegMaker.of(photo).sampling(2, 1).progressive().bytes());
    files.put("jpeg-gray", JpegMaker.of(photo).color(JpegMaker.Color.GRAY).bytes());
    files.put("jpeg-p3", JpegMaker.of(photo).icc(IccProfiles.displayP3()).bytes());
    files.put("jpeg-cmyk", JpegMaker.of(photo).color(JpegMaker.Color.CMYK).bytes());
    files.put(
        "jpeg-cmyk-icc",
        JpegMaker.of(photo).color(JpegMaker.Color.CMYK).icc(IccProfiles.cmyk()).bytes());
    files.put("png", PngMaker.of(photo).bytes());
    files.put("png-alpha", PngMaker.of(clear).bytes());
    files.put(
        "png-16", PngMaker.of(TestImages.deep(320, 240)).color(PngMaker.Color.RGB, 16).bytes());
    files.put("png-palette", PngMaker.of(photo).color(PngMaker.Color.PALETTE, 8).bytes());
    files.put("tiff", TiffMaker.of(clear).associatedAlpha().bytes());
    files.put("webp", WebpMaker.of(clear).bytes());
    files.put("webp-p3", WebpMaker.of(photo).icc(IccProfiles.displayP3()).bytes());
    files.put("gif", GifMaker.of(photo).bytes());
    return files;
  }

  private static byte[] animation() {
    GifMaker gif = GifMaker.canvas(160, 120);
    for (int frame = 0; frame < 4; frame++) {
      gif.frame(TestImages.photo(120, 90), 10 * frame, 8 * frame, 10, GifMaker.Disposal.KEEP);
    }
    return gif.bytes();
  }

  private static Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Map.Entry<String, byte[]> source : sources().entrySet()) {
      for (String output : OUTPUTS) {
        record(hashes, source.getKey() + " fit:90x90," + output, source.getValue());
      }
    }
    record(hashes, "gif-animated fit:90x90,format:gif,frames:all", animation());
    return hashes;
  }

  private static void record(Map<String, String> hashes, String name, byte[] source)
      throws IOException {
    ThumbnailSpec spec = ThumbnailSpec.parse(name.substring(name.indexOf(' ') + 1));
    Thumbnail thumbnail = Thumbnailer.create().render(ImageSource.of(source), spec);
    hashes.put(name, sha256(thumbnail.bytes()));
    if (thumbnail.format() == OutputFormat.PNG) {
      hashes.put(name + " pixels", sha256(pixels(thumbnail.bytes())));
    }
  }

  private static byte[] pixels(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int[] samples =
        image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length + 4);
    for (int sample : samples) {
      bytes.putInt(sample);
    }
    return bytes.putInt(image.getWidth()).array();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void render_everyOutput_hasTheRecordedBytes() throws IOException {
    Map<String, String> hashes = hashes();
    if (System.getProperty("update.hashes") != null) {
      StringBuilder text = new StringBuilder();
      hashes.forEach((name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
      Files.writeString(RECORD, text);
    }
    Map<String, String> recorded = new TreeMap<>();
    for (String line : Files.readAllLines(RECORD)) {
      recorded.put(line.substring(66), line.substring(0, 64));
    }
    assertThat(hashes).isEqualTo(recorded);
  }
}
