package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.RenderPlan;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * How much memory does a huge picture take? Generates a baseline JPEG of 200 megapixels, a
 * progressive one of 100 and a PNG of 400, and renders each from its file to 256 px in JVMs with
 * less and less heap.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.LargeImages
 * }</pre>
 */
final class LargeImages {

  private static final ThumbnailSpec SPEC = ThumbnailSpec.fit(256, 256);
  private static final int LARGEST_HEAP = 1024;

  private LargeImages() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    if (!arguments.rest().isEmpty()) {
      render(Path.of(arguments.rest().get(0)));
      return;
    }
    MarkdownTable table =
        new MarkdownTable(
            "picture",
            "pixels",
            "file, MB",
            "planned, MB",
            "smallest -Xmx, MB",
            "ms there, fresh JVM");
    row(table, "baseline JPEG", 20_000, 10_000);
    row(table, "progressive JPEG", 10_000, 10_000);
    row(table, "PNG", 20_000, 20_000);
    Document.publish(
        "large", "%s.\n\n%s".formatted(Machine.describe(), table), arguments.all("update"));
  }

  private static void row(MarkdownTable table, String kind, int width, int height)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("large", ".image");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
        if (kind.equals("PNG")) {
          writePng(out, width, height);
        } else {
          new StripJpeg(width, height, kind.startsWith("progressive")).write(out);
        }
      }
      RenderPlan plan = Thumbnailer.create().plan(ImageSource.of(file), List.of(SPEC));
      int fails = 1;
      int works = LARGEST_HEAP;
      String milliseconds = renderInChild(file, works);
      while (!milliseconds.isEmpty() && works - fails > 1 + works / 32) {
        int middle = (works + fails) / 2;
        String answer = renderInChild(file, middle);
        if (answer.isEmpty()) {
          fails = middle;
        } else {
          works = middle;
          milliseconds = answer;
        }
      }
      table.row(
          kind,
          "%d × %d".formatted(width, height),
          "%.1f".formatted(Files.size(file) / 1e6),
          "%.1f".formatted(plan.peakBytes() / 1e6),
          milliseconds.isEmpty() ? "fails" : Integer.toString(works),
          milliseconds);
    } finally {
      Files.delete(file);
    }
  }

  /** Returns the milliseconds in a JVM with that many megabytes of heap; empty if it fails. */
  private static String renderInChild(Path file, int megabytes)
      throws IOException, InterruptedException {
    return Worker.answer(megabytes, LargeImages.class, file.toString());
  }

  private static void render(Path file) throws IOException {
    long start = System.nanoTime();
    Thumbnailer.create().render(ImageSource.of(file), SPEC);
    System.out.println((System.nanoTime() - start) / 1_000_000);
  }

  /** Writes an RGB picture whose rows are filtered by Sub and repeat after a while. */
  private static void writePng(OutputStream out, int width, int height) throws IOException {
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] header = new byte[13];
    putInt(header, 0, width);
    putInt(header, 4, height);
    header[8] = 8;
    header[9] = 2;
    writeChunk(out, "IHDR", header, header.length);
    byte[] row = new byte[1 + 3 * width];
    row[0] = 1;
    OutputStream chunks =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            byte[] data = new byte[length];
            System.arraycopy(bytes, offset, data, 0, length);
            writeChunk(out, "IDAT", data, length);
          }
        };
    try (DeflaterOutputStream deflated =
        new DeflaterOutputStream(chunks, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
      for (int y = 0; y < height; y++) {
        for (int i = 1; i < row.length; i++) {
          row[i] = (byte) ((i * 31 + y) % 61 == 0 ? 1 : 0);
        }
        deflated.write(row);
      }
    }
    writeChunk(out, "IEND", new byte[0], 0);
  }

  private static void writeChunk(OutputStream out, String type, byte[] data, int length)
      throws IOException {
    CRC32 crc = new CRC32();
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    crc.update(name);
    crc.update(data, 0, length);
    DataOutputStream chunk = new DataOutputStream(out);
    chunk.writeInt(length);
    chunk.write(name);
    chunk.write(data, 0, length);
    chunk.writeInt((int) crc.getValue());
  }

  private static void putInt(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >> (24 - 8 * i));
    }
  }
}
