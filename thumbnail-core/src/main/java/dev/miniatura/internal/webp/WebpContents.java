package dev.miniatura.internal.webp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The content of a WebP file's chunks (RFC 9649, section 2), except those within frames of an
 * animation. Of several chunks of a kind, the first counts.
 *
 * @param animated whether the file says that it is an animation
 * @param lossy a VP8 bitstream
 * @param lossless a VP8L bitstream
 * @param alpha the alpha of a lossy bitstream
 * @param iccProfile the embedded profile, or null
 * @param orientation the EXIF orientation, 1 to 8; 1 if there is none
 * @param camera the camera data from EXIF
 */
public record WebpContents(
    boolean animated,
    Chunk lossy,
    Chunk lossless,
    Chunk alpha,
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] iccProfile,
    int orientation,
    Camera camera) {

  private static final int ANIMATED = 0x02; // of the flags in VP8X
  private static final int EXTENDED_HEADER = 10;
  private static final String EXIF_PREFIX = "Exif\0\0";

  /** Walks the chunks of a file, and reads those with metadata. */
  public static WebpContents read(SourceBytes bytes) throws IOException {
    Chunk lossy = Chunk.NONE;
    Chunk lossless = Chunk.NONE;
    Chunk alpha = Chunk.NONE;
    Chunk profile = Chunk.NONE;
    Chunk exif = Chunk.NONE;
    boolean animated = false;
    boolean first = true;
    for (Riff riff = Riff.file(bytes); riff.next(); first = false) {
      Chunk chunk = riff.chunk();
      switch (riff.name()) {
        case "VP8X" -> {
          if (first && chunk.isPresent()) {
            animated = chunk.size() >= EXTENDED_HEADER && (bytes.at(chunk.start()) & ANIMATED) != 0;
          }
        }
        case "VP8 " -> lossy = lossy.isPresent() ? lossy : chunk;
        case "VP8L" -> lossless = lossless.isPresent() ? lossless : chunk;
        case "ALPH" -> alpha = alpha.isPresent() ? alpha : chunk;
        case "ICCP" -> profile = profile.isPresent() ? profile : chunk;
        case "EXIF" -> exif = exif.isPresent() ? exif : chunk;
        default -> {} // other metadata, frames, or unknown and therefore skipped
      }
    }
    int exifStart = exif.start() + (hasPrefix(bytes, exif) ? EXIF_PREFIX.length() : 0);
    SourceBytes camera = SourceBytes.of(bytes.slice(exifStart, exif.end()));
    return new WebpContents(
        animated,
        lossy,
        lossless,
        alpha,
        profile.isPresent() ? bytes.slice(profile.start(), profile.end()) : null,
        Exif.orientation(camera),
        Exif.camera(camera));
  }

  /** Returns whether there is one lossy picture. */
  public boolean isLossyStill() {
    return !animated && lossy.isPresent() && !lossless.isPresent();
  }

  /** Returns whether the data starts with JPEG's prefix, which some writers keep. */
  private static boolean hasPrefix(SourceBytes bytes, Chunk exif) throws IOException {
    byte[] start = bytes.slice(exif.start(), exif.start() + EXIF_PREFIX.length());
    return exif.size() >= start.length && new String(start, ISO_8859_1).equals(EXIF_PREFIX);
  }
}
