package dev.miniatura.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Typical uploads: pictures under all kinds of keys, and occasionally something else. */
final class Uploads {

  /** One of the keys, with characters that are encoded in events. */
  static final String PHOTO = "holiday 2026/été + soleil (1).jpg";

  /** Keys of sample files that do not keep their own name. */
  private static final Map<String, String> ODD_KEYS =
      Map.of(
          "landscape.jpg", PHOTO,
          "portrait-orientation-6.jpg", "holiday 2026/100% me & you?.jpg",
          "progressive.jpg", "日本/富士山 🌅.jpg",
          "transparent-logo.png", "brand/\"logo\" #1 = final;v2.png");

  private static final int DAMAGED_LENGTH = 150; // ends within the tables, before the picture
  private static final int BOMB_SIDE = 100_000;
  private static final long SIGNATURE = 0x89504E47_0D0A1A0AL;
  private static final int SIGNATURE_LENGTH = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int HEADER_LENGTH = 13;

  private Uploads() {}

  /** Returns the objects to upload, by key. */
  static Map<String, byte[]> from(Path samples) throws IOException {
    Map<String, byte[]> uploads = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(samples)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".md")) {
          uploads.put(ODD_KEYS.getOrDefault(name, "samples/" + name), Files.readAllBytes(file));
        }
      }
    }
    byte[] photo;
    try (InputStream stream = Files.newInputStream(samples.resolve("still-life.jpg"))) {
      photo = stream.readNBytes(DAMAGED_LENGTH);
    }
    uploads.put("trouble/cut off.jpg", photo);
    uploads.put("trouble/ten gigapixels.png", bomb());
    uploads.put("trouble/notes.txt", "no picture".getBytes(StandardCharsets.UTF_8));
    return uploads;
  }

  /**
   * Returns a small PNG file whose header claims a very large picture (PNG 3rd edition, 5.3 and
   * 11.2.1).
   */
  private static byte[] bomb() {
    ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
    header.putInt(BOMB_SIDE).putInt(BOMB_SIDE).put(new byte[] {8, 2, 0, 0, 0});
    ByteBuffer file = ByteBuffer.allocate(SIGNATURE_LENGTH + 2 * CHUNK_OVERHEAD + HEADER_LENGTH);
    file.putLong(SIGNATURE);
    putChunk(file, "IHDR", header.array());
    putChunk(file, "IDAT", new byte[0]);
    return file.array();
  }

  private static void putChunk(ByteBuffer file, String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(data);
    file.putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
    file.putInt((int) crc.getValue());
  }
}
