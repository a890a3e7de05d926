package dev.miniatura.internal.av1;

import dev.miniatura.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Records the output of reference decoders for the streams of {@link RandomStream}. Run by hand,
 * with {@code aomdec} (libaom 3.6.0 was used) and {@code dav1d} (1.0.0) on the path:
 *
 * <pre>java … dev.miniatura.internal.av1.ReferenceRecorder 200 72 random-streams.txt</pre>
 *
 * Each line has the seed, the checksum of the stream, that of the picture by aomdec, and that of
 * the picture without in-loop filters by dav1d, or "-" if dav1d's own filtered picture differs from
 * aomdec's.
 */
final class ReferenceRecorder {

  private ReferenceRecorder() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    int largest = Integer.parseInt(arguments[1]);
    StringBuilder lines = new StringBuilder();
    Path stream = Files.createTempFile("stream", ".obu");
    for (int seed = 0; seed < count; seed++) {
      byte[] bytes = new RandomStream(seed, largest).write();
      Files.write(stream, bytes);
      byte[] exact = run(stream, "aomdec", "--rawvideo", "-o");
      byte[] filtered = dav1d(stream, "all");
      byte[] plain = dav1d(stream, "none");
      boolean agreed = Arrays.equals(exact, filtered);
      lines.append(seed).append(' ').append(Long.toHexString(Pictures.crc(bytes)));
      lines.append(' ').append(Long.toHexString(Pictures.crc(exact))).append(' ');
      lines.append(agreed ? Long.toHexString(Pictures.crc(plain)) : "-").append('\n');
      Av1Options options = Pictures.exact(Limits.defaults());
      if (!Arrays.equals(exact, Pictures.decode(bytes, options))
          || (agreed && !Arrays.equals(plain, Pictures.decode(bytes, options.withoutFilters())))) {
        System.out.println("seed " + seed + " differs");
      }
    }
    Files.delete(stream);
    Files.writeString(Path.of(arguments[2]), lines);
  }

  private static byte[] dav1d(Path stream, String filters)
      throws IOException, InterruptedException {
    String grain = filters.equals("all") ? "1" : "0";
    return run(
        stream,
        "dav1d",
        "-q",
        "--demuxer",
        "section5",
        "--muxer",
        "yuv",
        "--inloopfilters",
        filters,
        "--filmgrain",
        grain,
        "-i",
        stream.toString(),
        "-o");
  }

  private static byte[] run(Path stream, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("picture", ".yuv");
    String[] all = Arrays.copyOf(command, command.length + 2);
    all[command.length] = output.toString();
    all[command.length + 1] = command[0].equals("aomdec") ? stream.toString() : "-q";
    new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    byte[] bytes = Files.readAllBytes(output);
    Files.delete(output);
    return bytes;
  }
}
