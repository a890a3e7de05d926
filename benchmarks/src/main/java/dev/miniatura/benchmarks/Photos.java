package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds pictures to measure with. */
final class Photos {

  /** The kind of a picture, by its first bytes. */
  enum Kind {
    BASELINE_JPEG("JPEG"),
    PROGRESSIVE_JPEG("progressive JPEG"),
    PNG("PNG"),
    WEBP("lossy WebP"),
    LOSSLESS_WEBP("lossless WebP"),
    GIF("GIF"),
    ANIMATED_GIF("animated GIF"),
    OTHER("other");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    boolean isJpeg() {
      return this == BASELINE_JPEG || this == PROGRESSIVE_JPEG;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private Photos() {}

  /** Returns the folder in the system property {@code photos}; by default, the samples. */
  static Path folder() {
    return Path.of(System.getProperty("photos", "samples"));
  }

  /** Returns the pictures among files and the files directly in folders, sorted by path. */
  static List<Path> find(List<String> paths) {
    List<Path> found = new ArrayList<>();
    for (String path : paths) {
      try (Stream<Path> files = Files.walk(Path.of(path), 1)) {
        files.filter(file -> kind(file) != Kind.OTHER).sorted().forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no pictures in " + paths);
    }
    return found;
  }

  /** Returns the kind of a file; a folder is {@link Kind#OTHER}. */
  static Kind kind(Path path) {
    return Files.isRegularFile(path) ? kind(read(path)) : Kind.OTHER;
  }

  static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Kind kind(byte[] bytes) {
    if (startsWith(bytes, 0, "\u00ff\u00d8\u00ff")) {
      return jpegKind(bytes);
    }
    if (startsWith(bytes, 0, "\u0089PNG")) {
      return Kind.PNG;
    }
    if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) {
      return webpKind(bytes);
    }
    return startsWith(bytes, 0, "GIF8") ? gifKind(bytes) : Kind.OTHER;
  }

  /** Follows the marker segments to the frame header (T.81, B.2.2). */
  private static Kind jpegKind(byte[] bytes) {
    int at = 2;
    while (at + 4 <= bytes.length && bytes[at] == (byte) 0xff) {
      int marker = bytes[at + 1] & 0xff;
      if (marker == 0xc0 || marker == 0xc1) {
        return Kind.BASELINE_JPEG;
      }
      if (marker == 0xc2) {
        return Kind.PROGRESSIVE_JPEG;
      }
      at += marker == 0xff ? 1 : 2 + ((bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff));
    }
    return Kind.OTHER;
  }

  /** Walks the chunks to the first that holds pixels. */
  private static Kind webpKind(byte[] bytes) {
    long at = 12;
    while (at + 8 <= bytes.length) {
      int i = (int) at;
      if (startsWith(bytes, i, "VP8L")) {
        return Kind.LOSSLESS_WEBP;
      }
      if (startsWith(bytes, i, "VP8 ") || startsWith(bytes, i, "ANMF")) {
        return Kind.WEBP;
      }
      long size =
          (bytes[i + 4] & 0xff)
              | (bytes[i + 5] & 0xff) << 8
              | (bytes[i + 6] & 0xff) << 16
              | (bytes[i + 7] & 0xffL) << 24;
      at += 8 + size + (size & 1);
    }
    return Kind.OTHER;
  }

  private static Kind gifKind(byte[] bytes) {
    try {
      int frames = Thumbnailer.create().probe(ImageSource.of(bytes)).frames();
      return frames > 1 ? Kind.ANIMATED_GIF : Kind.GIF;
    } catch (IOException e) {
      return Kind.OTHER;
    }
  }

  private static boolean startsWith(byte[] bytes, int at, String magic) {
    for (int i = 0; i < magic.length(); i++) {
      if (at + i >= bytes.length || (bytes[at + i] & 0xff) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
