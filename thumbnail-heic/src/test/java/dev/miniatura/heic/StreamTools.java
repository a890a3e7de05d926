package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Determines which HEVC tools the first picture of a stream uses. */
final class StreamTools {

  /** Remembers which syntax elements were not 0. */
  private static final class Observer extends CabacReader {

    private final BitSet contexts = new BitSet();
    private boolean pcm;

    @Override
    int bin(int context) throws MalformedImageException {
      int bin = super.bin(context);
      if (bin != 0) {
        contexts.set(context);
      }
      return bin;
    }

    @Override
    boolean pcmFlag() throws MalformedImageException {
      boolean flag = super.pcmFlag();
      pcm |= flag;
      return flag;
    }
  }

  private final Set<String> names = new TreeSet<>();

  private StreamTools() {}

  /** Decodes the first picture, and returns the names of its tools in order. */
  static Set<String> of(List<NalUnit> units) throws IOException {
    StreamTools tools = new StreamTools();
    ParameterSets sets = new ParameterSets();
    Observer observer = new Observer();
    PictureDecoder decoder = null;
    SliceHeader previous = null;
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
          break;
        }
        decoder = new PictureDecoder(slice, observer, false, false, Long.MAX_VALUE);
        decoder.start(new Planes());
      }
      if (decoder == null) {
        throw new MalformedImageException("HEIC", unit.offset(), "no first slice segment");
      }
      tools.addIf(previous != null, "slice segments: several");
      decoder.decode(unit, slice);
      tools.ofSequence(slice.sps);
      tools.ofPicture(slice.sps, slice.pps);
      tools.ofSlice(slice);
      previous = slice;
    }
    tools.ofUnits(observer);
    return tools.names;
  }

  /** Returns how many of the verified streams of random syntax use each tool. */
  static Map<String, Integer> ofVerified() throws IOException {
    Map<String, Integer> streams = new TreeMap<>();
    for (String line : HevcDecoderTest.verified().toList()) {
      long seed = Long.parseLong(line.split(" ", -1)[0]);
      of(StreamGenerator.generate(seed).nalUnits())
          .forEach(tool -> streams.merge(tool, 1, Integer::sum));
    }
    return streams;
  }

  private void addIf(boolean used, String name) {
    if (used) {
      names.add(name);
    }
  }

  private void ofSequence(SequenceParameters sps) {
    names.add("chroma " + List.of("4:0:0", "4:2:0", "4:2:2", "4:4:4").get(sps.chromaFormat));
    names.add(String.format(Locale.ROOT, "bits %2d", sps.bitDepthLuma));
    names.add("coding tree block " + (1 << sps.log2Ctb));
    names.add("smallest coding block " + (1 << sps.log2MinCb));
    names.add("largest transform block " + (1 << sps.log2MaxTb));
    addIf(sps.strongIntraSmoothing, "strong intra smoothing");
    int cut = sps.cropLeft + sps.cropRight + sps.cropTop + sps.cropBottom;
    addIf(cut > 0, "conformance window");
    addIf(sps.transformSkipRotation, "range extension: rotation");
    addIf(sps.transformSkipContext, "range extension: transform skip context");
    addIf(sps.implicitRdpcm, "range extension: implicit RDPCM");
    addIf(sps.intraSmoothingDisabled, "range extension: no intra smoothing");
    addIf(sps.persistentRice, "range extension: persistent Rice");
  }

  private void ofPicture(SequenceParameters sps, PictureParameters pps) {
    boolean sent = sps.scalingLists != null || pps.scalingLists != null;
    addIf(sps.scalingListEnabled, sent ? "scaling lists: sent" : "scaling lists: default");
    addIf(pps.tiles, "tiles");
    addIf(pps.entropyCodingSync, "wavefronts");
    addIf(pps.signDataHiding, "sign data hiding");
    addIf(pps.log2MaxTransformSkip > 2, "range extension: larger transform skip");
  }

  private void ofSlice(SliceHeader slice) {
    addIf(slice.dependent, "slice segments: dependent");
    addIf(slice.saoLuma || slice.saoChroma, "sample adaptive offset");
    addIf(!slice.deblockingDisabled, "deblocking");
    addIf(slice.betaOffset != 0 || slice.tcOffset != 0, "deblocking: offsets");
    addIf(slice.cbQpOffset != 0 || slice.crQpOffset != 0, "chroma QP offsets");
  }

  private void ofUnits(Observer observer) {
    BitSet used = observer.contexts;
    addIf(observer.pcm, "PCM");
    addIf(used.get(Contexts.TRANSQUANT_BYPASS), "lossless coding units");
    addIf(
        used.get(Contexts.TRANSFORM_SKIP) || used.get(Contexts.TRANSFORM_SKIP + 1),
        "transform skip");
    addIf(used.get(Contexts.CU_QP_DELTA), "cu_qp_delta");
    addIf(used.get(Contexts.CU_CHROMA_QP_OFFSET_FLAG), "range extension: CU chroma QP offset");
    int scale = used.nextSetBit(Contexts.LOG2_RES_SCALE);
    addIf(
        scale >= 0 && scale < Contexts.RES_SCALE_SIGN,
        "range extension: cross-component prediction");
  }
}
