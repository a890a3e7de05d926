package dev.miniatura.heic;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.PictureHeader;
import dev.miniatura.internal.codec.PictureSink;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes HEVC intra pictures (ITU-T H.265, version 4 and later: Main, Main 10, Main Still Picture
 * and the format range extensions) and pushes their rows.
 *
 * <p>Memory is bounded by a row of coding tree blocks, or of tiles. It is reused for pictures with
 * the same parameter sets, such as the tiles of a grid. Not safe for use by several threads at
 * once.
 */
final class HevcDecoder {

  private final ParameterSets sets = new ParameterSets();
  private final Limits limits;
  private @Nullable PictureDecoder pictures;

  /**
   * Creates a decoder.
   *
   * @param limits bounds on a picture's sides, pixels and memory
   */
  HevcDecoder(Limits limits) {
    this.limits = limits;
  }

  /** Sets parameter sets; other NAL units are ignored. */
  void parameterSets(List<NalUnit> units)
      throws MalformedImageException, UnsupportedImageException {
    for (NalUnit unit : units) {
      sets.add(unit);
    }
  }

  /**
   * Decodes one picture.
   *
   * @param units the NAL units of the access unit; parameter sets among them are used, and units
   *     other than slices ignored
   * @param deblocking whether the deblocking filter is applied
   * @param sao whether sample adaptive offset is applied
   * @throws MalformedImageException if the units have invalid syntax, or slices are missing
   * @throws UnsupportedImageException if the picture is not intra, or uses tools that are not
   *     supported
   * @throws LimitExceededException if the picture is larger or needs more memory than allowed
   */
  void decode(List<NalUnit> units, boolean deblocking, boolean sao, PictureSink rows)
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
        throw Malformed.at(unit.offset(), "the picture's first slice segment is missing");
      }
      decoder.decode(unit, slice);
      previous = slice;
    }
    if (decoder == null) {
      throw Malformed.at(units.isEmpty() ? -1 : units.get(0).offset(), "no slice in the item");
    }
    decoder.finish();
  }

  private PictureDecoder start(SliceHeader slice, boolean deblocking, boolean sao, PictureSink rows)
      throws IOException {
    PictureDecoder decoder = pictures;
    if (decoder == null || !decoder.isFor(slice) || !decoder.hasFilters(deblocking, sao)) {
      pictures = null; // frees its memory first
      checkSize(slice.sps);
      long bytes = limits.workingBytes();
      decoder = new PictureDecoder(slice, new CabacReader(), deblocking, sao, bytes);
      pictures = decoder;
    }
    decoder.start(rows);
    return decoder;
  }

  private void checkSize(SequenceParameters sps) throws LimitExceededException {
    int side = Math.max(sps.width, sps.height);
    if (side > limits.dimension()) {
      throw new LimitExceededException(Limits.Kind.DIMENSION, limits.dimension(), side);
    }
    long pixels = (long) sps.width * sps.height;
    if (pixels > limits.pixels()) {
      throw new LimitExceededException(Limits.Kind.PIXELS, limits.pixels(), pixels);
    }
  }

  /**
   * Returns the header of a picture from its first slice, of which the first bytes are enough.
   *
   * @param units parameter sets and the slice
   */
  PictureHeader header(List<NalUnit> units)
      throws MalformedImageException, UnsupportedImageException {
    for (NalUnit unit : units) {
      if (unit.layer() == 0 && unit.isSlice()) {
        PictureParameters pps = sets.picture(SliceHeader.pictureParameterSet(unit), unit);
        SequenceParameters sps = sets.sequence(pps.sequenceId, unit);
        return new PictureHeader(
            sps.format(),
            PictureDecoder.workingBytes(sps, pps, sps.saoEnabled),
            PictureDecoder.workingBytes(sps, pps, false));
      }
      sets.add(unit);
    }
    throw Malformed.at(units.isEmpty() ? -1 : units.get(0).offset(), "no slice in the item");
  }
}
