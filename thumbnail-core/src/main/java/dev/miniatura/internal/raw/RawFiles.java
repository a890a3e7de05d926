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

  /**
   * The position of the JPEG's offset in a RAF: after signature, version, number and name of the
   * camera, version and 20 more bytes.
   */
  private static final int FUJI_JPEG_OFFSET = 84;

  private RawFiles() {}

  /** Returns the content of a raw file; empty if the file is not one. */
  static Optional<RawFile> read(Container container, SourceBytes bytes) throws IOException {
    return switch (container) {
      case CR3 -> Optional.of(CanonRaw.read(bytes));
      case RAF -> Optional.of(fuji(bytes));
      default -> TiffRaw.read(container, bytes);
    };
  }

  /** Reads a RAF, which has one JPEG that contains all other information. */
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
