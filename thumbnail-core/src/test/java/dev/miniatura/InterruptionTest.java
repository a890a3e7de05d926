package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.BmpMaker;
import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.PsdMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TiffMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Interrupts and deadlines also apply within plugins, and are not treated as defects of the file.
 */
class InterruptionTest {

  private static final ThumbnailSpec SMALL = ThumbnailSpec.fit(64, 64);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  static Stream<Arguments> files() throws IOException {
    BufferedImage picture = TestImages.noise(500, 400, 2);
    return Stream.of(
        Arguments.of("JPEG", JpegMaker.of(picture).bytes()),
        Arguments.of("progressive JPEG", JpegMaker.of(picture).progressive().bytes()),
        Arguments.of("PNG", PngMaker.of(picture).bytes()),
        Arguments.of("GIF", GifMaker.of(picture).bytes()),
        Arguments.of("lossless WebP", WebpMaker.of(picture).bytes()),
        Arguments.of("TIFF", TiffMaker.of(picture).bytes()),
        Arguments.of("one strip", TiffMaker.of(picture).rowsPerStrip(400).bytes()),
        Arguments.of(
            "deflated", TiffMaker.of(picture).compression(TiffMaker.Compression.DEFLATE).bytes()),
        Arguments.of("BMP", BmpMaker.bytes(picture)),
        Arguments.of("PSD", PsdMaker.bytes(picture)));
  }

  /** A stream that does something, once, when half of it is read. */
  private static ImageSource half(byte[] file, Runnable then) {
    return () ->
        new FilterInputStream(new ByteArrayInputStream(file)) {
          private int left = file.length / 2;
          private boolean done;

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, Math.min(length, 4096));
            left -= count;
            if (left <= 0 && !done) {
              done = true;
              then.run();
            }
            return count;
          }
        };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void render_interrupted_endsSoAndLeavesTheThreadInterrupted(String format, byte[] file) {
    ImageSource source = half(file, Thread.currentThread()::interrupt);
    assertThatThrownBy(() -> Thumbnailer.create().render(source, SMALL))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void render_timeIsUp_isRefusedSo(String format, byte[] file) {
    Limits limits = Limits.defaults().withTime(Duration.ofMillis(300));
    ImageSource source =
        half(
            file,
            () -> {
              try {
                Thread.sleep(400);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(() -> Thumbnailer.create(limits).render(source, SMALL))
        .isInstanceOfSatisfying(
            LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo(Limits.Kind.TIME));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void render_sourceFailsHalfWay_passesItsErrorOnUnwrapped(String format, byte[] file) {
    IOException mine = new IOException("connection reset");
    ImageSource source =
        () ->
            new InputStream() {
              private final InputStream bytes = new ByteArrayInputStream(file);
              private int left = file.length / 2;

              @Override
              public int read() {
                throw new AssertionError("byte by byte");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                if (left <= 0) {
                  throw mine;
                }
                int count = bytes.read(target, offset, Math.min(length, left));
                left -= count;
                return count;
              }
            };
    assertThatThrownBy(() -> Thumbnailer.create().render(source, SMALL)).isSameAs(mine);
  }
}
