package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The parameter sets received so far, by their identifiers (H.265, 7.4.2.4.2). */
final class ParameterSets {

  private final @Nullable SequenceParameters[] sequences = new SequenceParameters[16];
  private final @Nullable PictureParameters[] pictures = new PictureParameters[64];
  private final @Nullable NalUnit[] sequenceUnits = new NalUnit[16];
  private final @Nullable NalUnit[] pictureUnits = new NalUnit[64];

  /** Adds a unit if it is a parameter set of the base layer; other units are ignored. */
  void add(NalUnit unit) throws MalformedImageException, UnsupportedImageException {
    if (unit.layer() != 0) {
      return;
    }
    if (unit.type() == NalUnit.SPS) {
      SequenceParameters sps = new SequenceParameters(new BitReader(unit));
      if (!isSame(sequenceUnits[sps.id], unit)) {
        sequences[sps.id] = sps;
        sequenceUnits[sps.id] = unit;
      }
    } else if (unit.type() == NalUnit.PPS) {
      PictureParameters pps = new PictureParameters(new BitReader(unit));
      if (!isSame(pictureUnits[pps.id], unit)) {
        pictures[pps.id] = pps;
        pictureUnits[pps.id] = unit;
      }
    }
  }

  /**
   * Returns whether a set is a repetition. Some writers repeat the sets with every tile; the state
   * built for them is then kept.
   */
  private static boolean isSame(@Nullable NalUnit known, NalUnit unit) {
    return known != null && Arrays.equals(known.payload(), unit.payload());
  }

  PictureParameters picture(int id, NalUnit user) throws MalformedImageException {
    PictureParameters pps = pictures[id];
    if (pps == null) {
      throw Malformed.at(user.offset(), "picture parameter set " + id + " is missing");
    }
    return pps;
  }

  SequenceParameters sequence(int id, NalUnit user) throws MalformedImageException {
    SequenceParameters sps = sequences[id];
    if (sps == null) {
      throw Malformed.at(user.offset(), "sequence parameter set " + id + " is missing");
    }
    return sps;
  }
}
