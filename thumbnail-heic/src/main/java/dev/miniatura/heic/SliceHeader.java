package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import org.jspecify.annotations.Nullable;

/** A slice segment header (H.265, 7.3.6.1) of an intra slice. */
final class SliceHeader {

  private static final int SLICE_TYPE_I = 2;

  final boolean first;
  final PictureParameters pps;
  final SequenceParameters sps;
  final boolean dependent;
  final int segmentAddress; // in CTBs, raster scan
  final int sliceAddress; // SliceAddrRs
  final boolean saoLuma;
  final boolean saoChroma;
  final int qp; // SliceQpY
  final int cbQpOffset; // of picture and slice
  final int crQpOffset;
  final boolean cuChromaQpOffset;
  final boolean deblockingDisabled;
  final int betaOffset;
  final int tcOffset;
  final boolean loopFilterAcross;
  final int order; // of the slice segments of a picture
  final int dataPosition; // of slice_segment_data() in the NAL unit's payload

  /**
   * Reads the header.
   *
   * @param previous header of the previous slice segment, from which a dependent one takes its
   *     values
   */
  SliceHeader(NalUnit unit, ParameterSets sets, @Nullable SliceHeader previous)
      throws MalformedImageException, UnsupportedImageException {
    BitReader in = new BitReader(unit);
    first = in.flag();
    if (unit.isIrap()) {
      in.skip(1); // no_output_of_prior_pics_flag
    }
    pps = sets.picture(in.ue(63, "slice_pic_parameter_set_id"), unit);
    sps = sets.sequence(pps.sequenceId, unit);
    dependent = !first && pps.dependentSlices && in.flag();
    int ctbs = sps.widthInCtbs() * sps.heightInCtbs();
    segmentAddress = first ? 0 : in.u(32 - Integer.numberOfLeadingZeros(ctbs - 1));
    if (segmentAddress >= ctbs) {
      throw in.malformed("slice_segment_address is out of range");
    }
    if (dependent) {
      if (previous == null) {
        throw in.malformed("a dependent slice segment comes first");
      }
      sliceAddress = previous.sliceAddress;
      saoLuma = previous.saoLuma;
      saoChroma = previous.saoChroma;
      qp = previous.qp;
      cbQpOffset = previous.cbQpOffset;
      crQpOffset = previous.crQpOffset;
      cuChromaQpOffset = previous.cuChromaQpOffset;
      deblockingDisabled = previous.deblockingDisabled;
      betaOffset = previous.betaOffset;
      tcOffset = previous.tcOffset;
      loopFilterAcross = previous.loopFilterAcross;
    } else {
      sliceAddress = segmentAddress;
      in.skip(pps.extraSliceHeaderBits);
      if (in.ue(2, "slice_type") != SLICE_TYPE_I) {
        throw new UnsupportedImageException("HEIC: HEVC inter prediction");
      }
      if (pps.outputFlagPresent) {
        in.skip(1);
      }
      if (!unit.isIdr()) {
        sps.referenceSets.skipInSliceHeader(in, sps.log2MaxPocLsb);
      }
      saoLuma = sps.saoEnabled && in.flag();
      saoChroma = sps.saoEnabled && sps.chromaFormat != 0 && in.flag();
      qp = pps.initQp + in.se(-128, 127, "slice_qp_delta");
      if (qp < -6 * (sps.bitDepthLuma - 8) || qp > 51) {
        throw in.malformed("SliceQpY is out of range");
      }
      cbQpOffset =
          pps.cbQpOffset + (pps.sliceChromaQpOffsets ? in.se(-12, 12, "slice_cb_qp_offset") : 0);
      crQpOffset =
          pps.crQpOffset + (pps.sliceChromaQpOffsets ? in.se(-12, 12, "slice_cr_qp_offset") : 0);
      cuChromaQpOffset = pps.chromaQpOffsetList && in.flag();
      boolean override = pps.deblockingOverride && in.flag();
      deblockingDisabled = override ? in.flag() : pps.deblockingDisabled;
      boolean offsets = override && !deblockingDisabled;
      betaOffset = offsets ? in.se(-6, 6, "slice_beta_offset_div2") * 2 : pps.betaOffset;
      tcOffset = offsets ? in.se(-6, 6, "slice_tc_offset_div2") * 2 : pps.tcOffset;
      boolean asked = pps.loopFilterAcrossSlices && (saoLuma || saoChroma || !deblockingDisabled);
      loopFilterAcross = asked ? in.flag() : pps.loopFilterAcrossSlices;
    }
    if (pps.tiles || pps.entropyCodingSync) {
      skipEntryPoints(in, ctbs);
    }
    if (pps.sliceHeaderExtension) {
      in.skip(8L * in.ue(256, "slice_segment_header_extension_length"));
    }
    order = first || previous == null ? 0 : previous.order + 1;
    dataPosition = in.alignedPosition();
  }

  /** Reads {@code slice_pic_parameter_set_id} alone. */
  static int pictureParameterSet(NalUnit unit) throws MalformedImageException {
    BitReader in = new BitReader(unit);
    in.skip(unit.isIrap() ? 2 : 1);
    return in.ue(63, "slice_pic_parameter_set_id");
  }

  /**
   * Skips entry points. Substreams follow one another without gaps, so their starts are known
   * without these.
   */
  private static void skipEntryPoints(BitReader in, int ctbs) throws MalformedImageException {
    int count = in.ue(ctbs, "num_entry_point_offsets");
    if (count > 0) {
      in.skip((long) count * (in.ue(31, "offset_len_minus1") + 1));
    }
  }
}
