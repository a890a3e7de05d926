package dev.miniatura.heic;

import dev.miniatura.LimitExceededException;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes HEVC intra pictures (ITU-T H.265, version 4 and later: Main, Main 10, Main Still Picture
 * and the format range extensions) and pushes their rows.
 *
 * <p>Memory is bounded by a row of coding tree blocks, or of tiles. Pictures with the same
 * parameter sets, such as the tiles of a grid, share it. Not safe for use by several threads at
 * once.
 */
final class HevcDecoder {

  private final ParameterSets sets = new ParameterSets();
  private final long maxBytes;
  private @Nullable PictureDecoder pictures;

  /**
   * Creates a decoder.
   *
   * @param maxBytes bound on the memory held for a picture
   */
  HevcDecoder(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes parameter sets; other NAL units are ignored. */
  void parameterSets(List<NalUnit> units)
      throws MalformedImageException, UnsupportedImageException {
    for (NalUnit unit : units) {
      sets.add(unit);
    }
  }

  /**
   * Decodes one picture.
   *
   * @param units of the access unit; parameter sets among them are taken over, other units than
   *     slices ignored
   * @param deblocking whether the deblocking filter is applied
   * @param sao whether sample adaptive offset is applied
   * @throws MalformedImageException if the units break the rules of the syntax, or slices miss
   * @throws UnsupportedImageException if the picture is not intra, or uses tools out of scope
   * @throws LimitExceededException if more memory would be needed than allowed
   */
  void decode(List<NalUnit> units, boolean deblocking, boolean sao, PictureRows rows)
      throws IOException {
    SliceHeader previous = null;
    PictureDecoder decoder = null;
    for (NalUnit unit : units) {
      if (unit.layer() != 0) {
        continue;
      }
      if (!unit.isSlice()) {
        if (decoder == null) {
          sets.add(unit);
        }
        continue;
      }
      SliceHeader slice = new SliceHeader(unit, sets, previous);
      if (slice.first) {
        if (decoder != null) {
          break; // the next picture
        }
        decoder = start(slice, deblocking, sao, rows);
      } else if (decoder == null || !decoder.isFor(slice)) {
        throw new MalformedImageException(
            "HEIC", unit.offset(), "the picture's first slice segment is missing");
      }
      decoder.decode(unit, slice);
      previous = slice;
    }
    if (decoder == null) {
      throw new MalformedImageException(
          "HEIC", units.isEmpty() ? -1 : units.get(0).offset(), "no slice in the item");
    }
    decoder.finish();
  }

  private PictureDecoder start(SliceHeader slice, boolean deblocking, boolean sao, PictureRows rows)
      throws IOException {
    PictureDecoder decoder = pictures;
    if (decoder == null || !decoder.isFor(slice) || !decoder.hasFilters(deblocking, sao)) {
      pictures = null; // frees its memory first
      decoder = new PictureDecoder(slice, new CabacReader(), deblocking, sao, maxBytes);
      pictures = decoder;
    }
    decoder.start(rows);
    return decoder;
  }
}
