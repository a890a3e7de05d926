package dev.miniatura.internal.heif;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The top level of a HEIF file (ISO/IEC 23008-12): its brands, its items and its image sequences.
 * Boxes unrelated to pictures are skipped unread.
 */
final class HeifFile {

  private static final int FTYP = FourCc.of("ftyp");
  private static final int META = FourCc.of("meta");
  private static final int MOOV = FourCc.of("moov");
  private static final int MINI = FourCc.of("mini");

  private static final List<String> SEQUENCES =
      List.of("avis", "msf1", "hevc", "hevx", "hevm", "hevs");
  private static final List<String> STILLS =
      List.of(
          "mif1", "mif2", "mif3", "heic", "heix", "heim", "heis", "avif", "miaf", "jpeg", "avci");

  /** The maximum number of brands examined. */
  private static final int MAX_BRANDS = 64;

  final SourceBytes bytes;
  final @Nullable Items items;
  final List<Track> tracks;
  private final List<String> brands; // the major one first

  private HeifFile(
      SourceBytes bytes, List<String> brands, @Nullable Items items, List<Track> tracks) {
    this.bytes = bytes;
    this.brands = brands;
    this.items = items;
    this.tracks = tracks;
  }

  /**
   * Reads the structure of a file.
   *
   * @throws UnsupportedImageException if it is an ISO media file of another kind
   */
  static HeifFile read(SourceBytes bytes) throws IOException {
    long length = bytes.length();
    BoxReader in = new BoxReader(bytes, 0, Long.MAX_VALUE);
    Box first = in.next();
    if (first == null || first.type() != FTYP) {
      throw Container.HEIF.malformed(0, "no ftyp box");
    }
    List<String> brands = brands(first.reader(bytes));
    boolean sequence = brands.stream().anyMatch(SEQUENCES::contains);
    if (!sequence && brands.stream().noneMatch(STILLS::contains)) {
      throw new UnsupportedImageException(
          "video or another ISO media file of brand " + brands.get(0).strip());
    }
    Items items = null;
    List<Track> tracks = List.of();
    boolean complete = false;
    while (!complete && (length < 0 || in.position() < length)) {
      Box box = nextOrNull(in, items != null);
      if (box == null) {
        break;
      }
      if (box.type() == META && items == null) {
        items = Items.read(bytes, box);
      } else if (box.type() == MOOV && sequence && tracks.isEmpty()) {
        tracks = Track.read(bytes, box);
      } else if (box.type() == MINI) {
        throw new UnsupportedImageException("HEIF: mini box, the low-overhead image file format");
      }
      complete = items != null && items.primary() != 0 && !(sequence && tracks.isEmpty());
    }
    if (items == null && tracks.isEmpty()) {
      throw Container.HEIF.malformed(in.position(), "no meta box");
    }
    return new HeifFile(bytes, brands, items, tracks);
  }

  /**
   * Returns the next box, or null. The data after the items may not be boxes: cameras and transfers
   * may leave stray bytes.
   */
  private static @Nullable Box nextOrNull(BoxReader in, boolean optional) throws IOException {
    try {
      return in.next();
    } catch (MalformedImageException e) {
      if (optional) {
        return null;
      }
      throw e;
    }
  }

  private static List<String> brands(BoxReader in) throws IOException {
    List<String> brands = new ArrayList<>();
    brands.add(FourCc.name(in.i32()));
    in.i32(); // minor version
    while (in.left() >= 4 && brands.size() < MAX_BRANDS) {
      brands.add(FourCc.name(in.i32()));
    }
    return brands;
  }

  /** Returns the track of a sequence's pictures; null if there is none. */
  @Nullable Track pictures() {
    for (Track track : tracks) {
      if (!track.auxiliary()) {
        return track;
      }
    }
    return null;
  }

  /** Returns the track of a track's transparency; null if it has none. */
  @Nullable Track alphaOf(Track pictures) {
    Track alpha = null;
    for (Track track : tracks) {
      alpha = track.auxiliary() && track.auxiliaryOf().contains(pictures.id()) ? track : alpha;
    }
    return alpha;
  }

  /** Returns whether the file is primarily a sequence, whose samples are its pictures. */
  boolean isSequence() {
    return !tracks.isEmpty() && (items == null || SEQUENCES.contains(brands.get(0)));
  }
}
