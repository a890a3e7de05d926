package dev.miniatura;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.miniatura.internal.io.ChannelSource;
import dev.miniatura.testing.BmpMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.PnmMaker;
import dev.miniatura.testing.PsdMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TgaMaker;
import dev.miniatura.testing.TiffMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Identifying a file reads its signature, then its header, and nothing else. */
class HeaderBytesTest {

  private static final int WINDOW = 64 << 10;
  private static final int BLOCK = 4 << 10;

  private final Thumbnailer thumbnailer = Thumbnailer.create();

  /** Counts the bytes read, forward or at any position. */
  private static final class Counted implements ChannelSource {
    private final byte[] bytes;
    private final boolean seekable;
    private long read;

    Counted(byte[] bytes, boolean seekable) {
      this.bytes = bytes;
      this.seekable = seekable;
    }

    @Override
    public InputStream open() {
      return Channels.newInputStream(new Channel());
    }

    @Override
    public Optional<SeekableByteChannel> openChannel() {
      return seekable ? Optional.of(new Channel()) : Optional.empty();
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(bytes.length);
    }

    private final class Channel implements SeekableByteChannel {
      private long position;

      @Override
      public int read(ByteBuffer target) {
        int count = (int) Math.min(target.remaining(), bytes.length - position);
        if (count <= 0) {
          return -1;
        }
        target.put(bytes, (int) position, count);
        position += count;
        read += count;
        return count;
      }

      @Override
      public long position() {
        return position;
      }

      @Override
      public SeekableByteChannel position(long value) {
        position = value;
        return this;
      }

      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
      }

      @Override
      public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    }
  }

  private static byte[] ico(BufferedImage image) throws IOException {
    byte[] png = PngMaker.of(image).bytes();
    ByteBuffer file = ByteBuffer.allocate(22 + png.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0).putShort((short) 1).putShort((short) 1);
    file.put((byte) 0).put((byte) 0).putShort((short) 0).putShort((short) 1).putShort((short) 32);
    return file.putInt(png.length).putInt(22).put(png).array();
  }

  static Stream<Arguments> files() throws IOException {
    BufferedImage picture = TestImages.noise(800, 600, 1);
    List<BufferedImage> frames = List.of(picture, picture, picture);
    return Stream.of(
        Arguments.of("JPEG", 0, JpegMaker.of(picture).quality(98).bytes()),
        Arguments.of("PNG", 0, PngMaker.of(picture).bytes()),
        Arguments.of("TIFF", 2, TiffMaker.of(picture).bytes()),
        Arguments.of("TIFF", 8, TiffMaker.of(picture).page(picture).page(picture).bytes()),
        Arguments.of("WEBP", 1, WebpMaker.of(picture).orientation(6).bytes()),
        Arguments.of("WEBP", 4, WebpMaker.animated(frames, 100).bytes()),
        Arguments.of("BMP", 0, BmpMaker.bytes(picture)),
        Arguments.of("ICO", 22, ico(picture)), // the reader of what is inside reads ahead
        Arguments.of("PSD", 2, PsdMaker.bytes(picture)),
        Arguments.of("PNM", 0, PnmMaker.rgb(picture)),
        Arguments.of("TGA", 2, TgaMaker.bytes(picture)));
  }

  @ParameterizedTest(name = "{0}, {1} blocks")
  @MethodSource("files")
  void probe_fileOfAnyFormat_readsItsHeader(String format, int blocks, byte[] file)
      throws IOException {
    assertThat(file.length).isGreaterThan(8 * WINDOW);
    Counted source = new Counted(file, true);
    ImageInfo info = thumbnailer.probe(source);
    assertThat(info.format()).isEqualTo(format);
    assertThat(info).isEqualTo(thumbnailer.probe(ImageSource.of(file)));
    assertThat(source.read).isLessThanOrEqualTo(WINDOW + (long) blocks * BLOCK);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void render_fileStreamOrBytes_isTheSame(String format, int blocks, byte[] file)
      throws IOException {
    ThumbnailSpec spec = ThumbnailSpec.fit(40, 40).format(OutputFormat.PNG);
    byte[] expected = thumbnailer.render(ImageSource.of(file), spec).bytes();
    assertThat(thumbnailer.render(new Counted(file, true), spec).bytes()).isEqualTo(expected);
    assertThat(thumbnailer.render(new Counted(file, false), spec).bytes()).isEqualTo(expected);
    ImageSource ofUnknownLength = () -> new ByteArrayInputStream(file);
    assertThat(thumbnailer.render(ofUnknownLength, spec).bytes()).isEqualTo(expected);
  }

  private static byte[] signature(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static Stream<Arguments> others() {
    Map<String, byte[]> starts = new HashMap<>();
    starts.put("MP4", signature("\0\0\0\40ftypisom\0\0\2\0isomiso2avc1mp41"));
    starts.put("QuickTime", signature("\0\0\0\24ftypqt  \0\0\2\0qt  "));
    starts.put("Matroska", signature("\u001aE\u00df\u00a3\u0093B\u0082\u0088matroska"));
    starts.put("AVI", signature("RIFF\0\0\20\0AVI LIST"));
    starts.put("WAV", signature("RIFF\0\0\20\0WAVEfmt "));
    starts.put("MP3", signature("ID3\3\0\0\0\0\1\0"));
    starts.put("MPEG frame", signature("\u00ff\u00fb\u0090\144\0\0\0\0"));
    starts.put("Ogg", signature("OggS\0\2\0\0\0\0"));
    starts.put("FLAC", signature("fLaC\0\0\0\""));
    starts.put("ZIP, DOCX", signature("PK\3\4\24\0\6\0\b\0"));
    starts.put("GZIP", signature("\u001f\u008b\b\0\0\0\0\0\0\3"));
    starts.put("7z", signature("7z\u00bc\u00af'\u001c\0\4"));
    starts.put("RAR", signature("Rar!\u001a\7\1\0"));
    starts.put("XZ", signature("\u00fd7zXZ\0\0\4"));
    starts.put("PDF", signature("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"));
    starts.put("OLE, DOC", signature("\u00d0\u00cf\21\u00e0\u00a1\u00b1\32\u00e1"));
    starts.put("HTML", signature("<!DOCTYPE html><html>"));
    starts.put("JSON", signature("{\"key\": [1, 2, 3]}"));
    starts.put("text", signature("The quick brown fox jumps over the lazy dog"));
    starts.put("ELF", signature("\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0"));
    starts.put("EXE", signature("MZ\u0090\0\3\0\0\0\4\0\0\0\u00ff\u00ff\0\0"));
    starts.put("class", signature("\u00ca\u00fe\u00ba\u00be\0\0\0\75"));
    starts.put("SQLite", signature("SQLite format 3\0\20\0\1\1"));
    starts.put("ISO, zeros", new byte[40]);
    return starts.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void probe_whatIsNoImage_readsNoMoreThanAWindow(String name, byte[] start) throws IOException {
    byte[] file = Arrays.copyOf(start, 4 << 20);
    probeOther(new Counted(file, false)); // loads the classes
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (boolean seekable : new boolean[] {false, true}) {
      Counted source = new Counted(file, seekable);
      long before = memory.getCurrentThreadAllocatedBytes();
      probeOther(source);
      assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(8 * WINDOW);
      assertThat(source.read).isLessThanOrEqualTo(WINDOW);
    }
  }

  private void probeOther(ImageSource source) {
    assertThatThrownBy(() -> thumbnailer.probe(source))
        .isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void probe_largeHeadersOnManyThreads_leavesNoBuffersOutsideTheHeap(@TempDir Path folder)
      throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] jpeg = JpegMaker.of(TestImages.photo(64, 48)).bytes();
    file.write(jpeg, 0, 2);
    byte[] segment = new byte[2 + 0xffff];
    segment[0] = (byte) 0xff;
    segment[1] = (byte) 0xef;
    segment[2] = (byte) 0xff;
    segment[3] = (byte) 0xff;
    for (int i = 0; i < 160; i++) {
      file.write(segment);
    }
    file.write(jpeg, 2, jpeg.length - 2);
    Path path = Files.write(folder.resolve("large"), file.toByteArray());
    Path tiff =
        Files.write(folder.resolve("tiff"), TiffMaker.of(TestImages.photo(2000, 1500)).bytes());
    int threads = 4;
    long before = outsideTheHeap();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch together = new CountDownLatch(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            pool.submit(
                () -> {
                  thumbnailer.probe(ImageSource.of(path));
                  thumbnailer.render(ImageSource.of(tiff), ThumbnailSpec.fit(20, 20));
                  together.countDown();
                  together.await(); // a buffer lives as long as its thread
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(outsideTheHeap() - before).isLessThanOrEqualTo(threads * 2L * WINDOW);
    } finally {
      pool.shutdownNow();
    }
  }

  private static long outsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
