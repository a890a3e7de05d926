package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.IffMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.PnmMaker;
import dev.miniatura.testing.PsdMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TiffMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Without some of the jars, or without {@code java.desktop}, the remaining formats work. */
class MissingClassesTest {

  private static final BufferedImage PICTURE = TestImages.photo(60, 40);

  /** Runs without some classes: renders each file, and prints the result. */
  public static final class Renderer {

    private Renderer() {}

    /** Renders files. */
    public static void main(String[] files) throws IOException {
      for (String file : files) {
        System.out.println(render(Files.readAllBytes(Path.of(file))));
      }
    }

    /** Returns a thumbnail's size, or the error. */
    public static String render(byte[] file) throws IOException {
      try {
        Thumbnail thumbnail =
            Thumbnailer.create().render(ImageSource.of(file), ThumbnailSpec.fit(30, 30));
        return thumbnail.width() + "x" + thumbnail.height() + " " + thumbnail.format();
      } catch (UnsupportedImageException e) {
        return "unsupported: " + e.getMessage();
      }
    }
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("jpeg", JpegMaker.of(PICTURE).bytes());
    files.put("png", PngMaker.of(PICTURE).bytes());
    files.put("gif", GifMaker.of(PICTURE).bytes());
    files.put("tiff", TiffMaker.of(PICTURE).bytes());
    files.put("webp", WebpMaker.of(PICTURE).bytes());
    files.put("psd", PsdMaker.bytes(PICTURE));
    files.put("pnm", PnmMaker.rgb(PICTURE));
    files.put("lzma", tiffOfLzma());
    files.put("iff", IffMaker.gray(PICTURE));
    return files;
  }

  /** Returns the lumas as a TIFF of one strip. */
  private static byte[] tiffOfLzma() throws IOException {
    ByteArrayOutputStream strip = new ByteArrayOutputStream();
    try (XZOutputStream xz = new XZOutputStream(strip, new LZMA2Options(1))) {
      for (int i = 0; i < PICTURE.getWidth() * PICTURE.getHeight(); i++) {
        int rgb = PICTURE.getRGB(i % PICTURE.getWidth(), i / PICTURE.getWidth());
        xz.write(Pictures.luma(rgb));
      }
    }
    int[][] fields = {
      {256, PICTURE.getWidth()},
      {257, PICTURE.getHeight()},
      {258, 8},
      {259, 34_925},
      {262, 1},
      {273, 8 + 2 + 7 * 12 + 4},
      {279, strip.size()}
    };
    ByteBuffer file = ByteBuffer.allocate(fields[5][1] + strip.size());
    file.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 7);
    for (int[] field : fields) {
      file.putShort((short) field[0]).putShort((short) 4).putInt(1).putInt(field[1]);
    }
    return file.putInt(0).put(strip.toByteArray()).array();
  }

  private static String location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Path.of(java.net.URI.create(source.getLocation().toString())).toString();
  }

  /** Returns the library, this test and the jars, without those with a name. */
  private static List<String> classPath(String without) {
    String all =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    return Stream.concat(
            Stream.of(location(Thumbnailer.class), location(MissingClassesTest.class)),
            Arrays.stream(all.split(File.pathSeparator)))
        .filter(
            entry -> !entry.isEmpty() && !Path.of(entry).getFileName().toString().contains(without))
        .distinct()
        .toList();
  }

  private static Map<String, String> renderWithout(String jar) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath(jar)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    Map<String, String> results = new LinkedHashMap<>();
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      var render = loader.loadClass(Renderer.class.getName()).getMethod("render", byte[].class);
      for (Map.Entry<String, byte[]> file : files().entrySet()) {
        results.put(file.getKey(), (String) render.invoke(null, (Object) file.getValue()));
      }
    } catch (InvocationTargetException e) {
      throw new AssertionError("without " + jar, e.getCause());
    }
    return results;
  }

  @ParameterizedTest
  @CsvSource({
    "no-such-jar, ''",
    "imageio-psd, ''",
    "imageio-tiff, ''",
    "imageio-iff, IFF",
    "xz-, LZMA",
    "imageio-, IFF"
  })
  void render_jarMissing_disablesItsFormatsOnly(String jar, String disabled) throws Exception {
    renderWithout(jar)
        .forEach(
            (format, result) -> {
              if (Arrays.asList(disabled.toLowerCase(java.util.Locale.ROOT).split(" "))
                  .contains(format)) {
                assertThat(result)
                    .as(format)
                    .startsWith("unsupported: ")
                    .containsAnyOf(format.toUpperCase(java.util.Locale.ROOT), "missing");
              } else {
                assertThat(result).as(format).startsWith("30x20 ");
              }
            });
  }

  @Test
  void render_withoutJavaDesktop_rendersWhatItDecodesItself(@TempDir Path folder) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--limit-modules",
                "java.base",
                "-cp",
                String.join(File.pathSeparator, classPath("no-such-jar")),
                Renderer.class.getName()));
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      command.add(Files.write(folder.resolve(file.getKey()), file.getValue()).toString());
    }
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(output);
    assertThat(lines).as(String.join("\n", lines)).hasSize(9);
    assertThat(lines)
        .filteredOn(line -> line.equals("30x20 JPEG"))
        .as("JPEG, TIFF of two compressions, WebP, PSD, PNM")
        .hasSize(6);
    assertThat(lines).contains("30x20 PNG", "30x20 GIF");
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("30x20"))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).startsWith("unsupported: ").contains("missing"));
  }
}
