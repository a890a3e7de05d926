package dev.miniatura.internal.raw;

import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Reads raw files of every kind. */
final class RawFiles {

  /** Of a RAF: signature, version, number and name of the camera, version and 20 bytes more. */
  private static final int FUJI_JPEG_OFFSET = 84;

  private RawFiles() {}

  /** Returns what a file has; nothing if it is no raw file. */
  static Optional<RawFile> read(Container container, SourceBytes bytes) throws IOException {
    return switch (container) {
      case CR3 -> Optional.of(CanonRaw.read(bytes));
      case RAF -> Optional.of(fuji(bytes));
      default -> TiffRaw.read(container, bytes);
    };
  }

  /** A RAF has one JPEG, which says all the rest. */
  private static RawFile fuji(SourceBytes bytes) throws IOException {
    byte[] place = bytes.slice(FUJI_JPEG_OFFSET, FUJI_JPEG_OFFSET + 8);
    if (place.length < 8) {
      throw Container.RAF.malformed(bytes.reach(Long.MAX_VALUE), "ends within its header");
    }
    long start = Integer.toUnsignedLong(ByteBuffer.wrap(place).getInt());
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(place).getInt(4));
    Preview preview = new Preview(start, start + length, ColorSetting.UNKNOWN);
    return new RawFile(
        Container.RAF.name(), 0, Camera.unknown(), false, List.of(preview), List.of());
  }
}
