package dev.miniatura.benchmarks;

import dev.miniatura.BusyException;
import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.webp.LossyWebpEncoder;
import dev.miniatura.internal.webp.LossyWebpOptions;
import dev.miniatura.testing.BmpMaker;
import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.PnmMaker;
import dev.miniatura.testing.PsdMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TgaMaker;
import dev.miniatura.testing.TiffMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.Stream;

/**
 * Does a small heap survive many clients? Makes pictures of 12 megapixels in all formats, starts a
 * JVM with little heap, and lets 100 threads render them to 256 px over and over: from files, from
 * streams of known length, and from streams of unknown length. Files named by the caller are mixed
 * in. The only permitted failure is to be refused as busy.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.Soak
 *     [--clients 100] [--heap 256] [--seconds 60] [--java PATH] [--update FILE] [FILE...]
 * }</pre>
 */
final class Soak {

  private static final int WIDTH = 4000;
  private static final int HEIGHT = 3000;
  private static final ThumbnailSpec SPEC = ThumbnailSpec.fit(256, 256);

  private Soak() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    if (!arguments.all("folder").isEmpty()) {
      new Clients(Path.of(arguments.get("folder", "")), arguments.get("seconds", 60))
          .run(arguments.get("clients", 100));
      return;
    }
    Path folder = Files.createTempDirectory("soak");
    try {
      write(folder);
      for (String file : arguments.rest()) {
        Files.copy(Path.of(file), folder.resolve(Path.of(file).getFileName()));
      }
      List<String> command =
          new ArrayList<>(
              List.of(
                  arguments.get("java", ProcessHandle.current().info().command().orElse("java")),
                  "-Xmx" + arguments.get("heap", 256) + "m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Soak.class.getName(),
                  "--folder",
                  folder.toString()));
      for (String name : List.of("clients", "seconds")) {
        arguments.all(name).forEach(value -> command.addAll(List.of("--" + name, value)));
      }
      Process child =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String report = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = child.waitFor();
      Document.publish("soak", report.strip(), arguments.all("update"));
      if (status != 0) {
        System.exit(status);
      }
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static void write(Path folder) throws IOException {
    BufferedImage photo = TestImages.photo(WIDTH, HEIGHT);
    BufferedImage clear = TestImages.translucent(WIDTH, HEIGHT);
    write(folder, "JPEG", JpegMaker.of(photo).sampling(2, 2).bytes());
    write(folder, "JPEG progressive", JpegMaker.of(photo).sampling(2, 2).progressive().bytes());
    write(folder, "PNG", PngMaker.of(photo).bytes());
    write(folder, "PNG interlaced", PngMaker.of(photo).interlaced().bytes());
    write(folder, "PNG with alpha", PngMaker.of(clear).bytes());
    write(folder, "GIF", GifMaker.of(photo).bytes());
    write(folder, "WebP", lossyWebp(photo));
    write(folder, "WebP with alpha", lossyWebp(clear));
    write(folder, "WebP lossless", WebpMaker.of(photo).bytes());
    write(folder, "WebP animated", WebpMaker.animated(List.of(photo, photo), 100).bytes());
    write(folder, "TIFF", TiffMaker.of(photo).bytes());
    write(folder, "TIFF with alpha", TiffMaker.of(clear).bytes());
    write(folder, "TIFF CMYK", TiffMaker.of(photo).color(TiffMaker.Color.CMYK, 8).bytes());
    write(
        folder,
        "TIFF deflated",
        TiffMaker.of(photo).compression(TiffMaker.Compression.DEFLATE).bytes());
    write(folder, "BMP", BmpMaker.bytes(photo));
    write(folder, "PSD", PsdMaker.bytes(photo));
    write(folder, "TGA", TgaMaker.bytes(photo));
    write(folder, "PNM", PnmMaker.rgb(photo));
  }

  private static byte[] lossyWebp(BufferedImage image) {
    boolean alpha = image.getColorModel().hasAlpha();
    Raster raster = Raster.of(WIDTH, HEIGHT, ColorKind.RGB, alpha);
    for (int y = 0, at = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++, at++) {
        int argb = image.getRGB(x, y);
        for (int c = 0; c < raster.channelCount(); c++) {
          raster.channel(c)[at] = (byte) (argb >> (c < 3 ? 16 - 8 * c : 24));
        }
      }
    }
    return LossyWebpEncoder.encode(raster, new LossyWebpOptions(80, 0, null));
  }

  private static void write(Path folder, String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  /** The work of the child process. */
  private static final class Clients {

    private record Count(AtomicInteger rendered, AtomicInteger busy) {}

    private final List<Path> files;
    private final long end;
    private final Thumbnailer thumbnailer = Thumbnailer.create();
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private final Map<String, Integer> errors = new ConcurrentHashMap<>();
    private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);

    Clients(Path folder, int seconds) throws IOException {
      try (Stream<Path> all = Files.list(folder)) {
        files = all.sorted().toList();
      }
      end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    void run(int clients) throws InterruptedException {
      long nanos = end - System.nanoTime();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        Thread thread = new Thread(this::client, "client-" + i);
        thread.setUncaughtExceptionHandler((t, e) -> errors.merge(e.toString(), 1, Integer::sum));
        threads.add(thread);
        thread.start();
      }
      Thread.sleep(nanos / 3_000_000);
      String third = outsideTheHeap();
      Thread.sleep(nanos / 3_000_000);
      String twoThirds = outsideTheHeap();
      for (Thread thread : threads) {
        thread.join();
      }
      MarkdownTable table = new MarkdownTable("12 megapixels", "file, MB", "thumbnails", "busy");
      int rendered = 0;
      int busy = 0;
      for (Path file : files) {
        String name = file.getFileName().toString();
        Count count = counts.computeIfAbsent(name, Clients::none);
        rendered += count.rendered.get();
        busy += count.busy.get();
        table.row(
            name,
            "%.1f".formatted(file.toFile().length() / 1e6),
            String.valueOf(count.rendered),
            String.valueOf(count.busy));
      }
      System.out.printf(
          "%s. `-Xmx%dm`, %d clients, %d s: %d thumbnails, %d refused as busy, %s; longest call"
              + " %.1f s. Outside of the heap after a third, two thirds and at the"
              + " end: %s; %s; %s.%n%n%s%n",
          Machine.describe(),
          Runtime.getRuntime().maxMemory() >> 20,
          clients,
          nanos / 1_000_000_000,
          rendered,
          busy,
          errors.isEmpty() ? "no other error" : "**other errors: " + errors + "**",
          slowest.get() / 1e9,
          third,
          twoThirds,
          outsideTheHeap(),
          table);
      System.exit(errors.isEmpty() ? 0 : 1);
    }

    private static Count none(String name) {
      return new Count(new AtomicInteger(), new AtomicInteger());
    }

    private void client() {
      while (System.nanoTime() < end) {
        int number = next.getAndIncrement();
        Path file = files.get(number % files.size());
        Count count = counts.computeIfAbsent(file.getFileName().toString(), Clients::none);
        long start = System.nanoTime();
        try {
          thumbnailer.render(source(file, number / files.size() % 3), SPEC);
          count.rendered.incrementAndGet();
        } catch (BusyException e) {
          if (e.getCause() == null) {
            count.busy.incrementAndGet();
          } else { // the budget was not kept
            errors.merge(file.getFileName() + ": " + e.getCause(), 1, Integer::sum);
          }
        } catch (LimitExceededException e) {
          errors.merge("over the limit of " + e.limit(), 1, Integer::sum);
        } catch (IOException e) {
          errors.merge(file.getFileName() + ": " + e, 1, Integer::sum);
        }
        slowest.accumulate(System.nanoTime() - start);
      }
    }

    private static ImageSource source(Path file, int kind) {
      return switch (kind) {
        case 0 -> ImageSource.of(file);
        case 1 -> () -> Files.newInputStream(file);
        default ->
            new ImageSource() {
              @Override
              public InputStream open() throws IOException {
                return Files.newInputStream(file);
              }

              @Override
              public OptionalLong length() {
                return OptionalLong.of(file.toFile().length());
              }
            };
      };
    }

    private static String outsideTheHeap() {
      long buffers =
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum();
      return "%.1f MB in buffers%s".formatted(buffers / 1e6, resident());
    }

    /** Returns the total memory of the process, including the heap, if Linux reports it. */
    private static String resident() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
        return lines
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> ", " + Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB resident")
            .findFirst()
            .orElse("");
      } catch (IOException e) {
        return "";
      }
    }
  }
}
