package dev.miniatura.internal.av1;

import dev.miniatura.Limits;
import dev.miniatura.internal.codec.CodedBytes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Determines which AV1 tools the picture of a stream uses. */
final class StreamTools {

  private static final List<String> MODES =
      List.of(
          "DC V H D45 D135 D113 D157 D203 D67 SMOOTH SMOOTH_V SMOOTH_H PAETH CFL".split(" ", -1));
  private static final List<String> PARTITIONS =
      List.of("NONE HORZ VERT SPLIT HORZ_A HORZ_B VERT_A VERT_B HORZ_4 VERT_4".split(" ", -1));
  private static final List<String> TRANSFORMS =
      List.of(
          ("DCT_DCT ADST_DCT DCT_ADST ADST_ADST FLIPADST_DCT DCT_FLIPADST FLIPADST_FLIPADST"
                  + " ADST_FLIPADST FLIPADST_ADST IDTX V_DCT H_DCT V_ADST H_ADST V_FLIPADST"
                  + " H_FLIPADST")
              .split(" ", -1));

  private final Set<String> names = new TreeSet<>();

  private StreamTools() {}

  /** Decodes the picture, and returns the names of its tools in order. */
  static Set<String> of(byte[] stream) throws IOException {
    StreamTools tools = new StreamTools();
    Av1Options options = Pictures.exact(Limits.defaults()).withoutFilters();
    FrameDecoder found = Av1Decoder.picture(CodedBytes.of(stream, 0), null, options);
    FrameHeader header = found.header;
    new FrameDecoder(header, options, found.bytes, found.tileStarts, found.tileEnds) {
      @Override
      SymbolDecoder symbols(int tile, char[] cdfs) {
        return tools.new Observer(cdfs, header.cdfUpdate, bytes, tileStarts[tile], tileEnds[tile]);
      }
    }.decode(new RandomStream.NoSink());
    tools.ofSequence(header.sequence);
    tools.ofFrame(header);
    return tools.names;
  }

  private void addIf(boolean used, String name) {
    if (used) {
      names.add(name);
    }
  }

  private void ofSequence(SequenceHeader sequence) {
    names.add(String.format(Locale.ROOT, "bits %2d", sequence.bitDepth));
    String color =
        sequence.subsamplingX == 0 ? "4:4:4" : sequence.subsamplingY == 0 ? "4:2:2" : "4:2:0";
    names.add("chroma " + (sequence.monochrome ? "4:0:0" : color));
    names.add("superblock " + (sequence.superblock128 ? "128" : " 64"));
    names.add(sequence.reducedStillPicture ? "header of still pictures" : "header of sequences");
  }

  private void ofFrame(FrameHeader header) {
    addIf(header.tileCols * header.tileRows > 1, "tiles");
    addIf(header.superres(), "super-resolution");
    addIf(header.deblocks(), "deblocking");
    addIf(header.deblocks() && header.sharpness > 0, "deblocking: sharpness");
    addIf(header.deringes(), "CDEF");
    addIf(header.grain != null, "film grain");
    addIf(header.quantizerMatrices, "quantizer matrices");
    addIf(header.codedLossless, "lossless");
    addIf(header.segmentation, "segmentation");
    addIf(header.reducedTxSet, "transform: reduced set");
    addIf(!header.cdfUpdate, "distributions not adapted");
  }

  /** Records the tools from the symbols. */
  private final class Observer extends SymbolDecoder {

    Observer(char[] cdfs, boolean adapt, byte[] bytes, int start, int end) {
      super(cdfs, adapt, bytes, start, end);
    }

    @Override
    int symbol(int at, int count) {
      int symbol = super.symbol(at, count);
      if (at < Cdfs.EOB_PT_16) {
        note(at, symbol);
      } else if (at < Cdfs.EOB_EXTRA) {
        names.add(
            String.format(Locale.ROOT, "transform: up to %4d coefficients", 16 << (count - 5)));
      }
      return symbol;
    }

    private void note(int at, int symbol) {
      if (at < Cdfs.UV_MODE) {
        names.add("luma " + MODES.get(symbol));
      } else if (at < Cdfs.ANGLE_DELTA) {
        names.add("chroma " + MODES.get(symbol));
      } else if (at < Cdfs.INTRABC) {
        addIf(symbol != 3, "angle delta");
      } else if (at < Cdfs.PARTITION_8) {
        addIf(symbol == 1, "intra block copy");
      } else if (at < Cdfs.SEGMENT_ID) {
        names.add("partition " + PARTITIONS.get(symbol));
      } else if (at < Cdfs.SKIP) {
        addIf(symbol > 0, "segment other than 0");
      } else if (at < Cdfs.DELTA_Q) {
        addIf(symbol == 1, "skip");
      } else if (at < Cdfs.TX_8) {
        addIf(symbol > 0, at < Cdfs.DELTA_LF ? "delta q" : "delta lf");
      } else if (at < Cdfs.FILTER_INTRA_MODE) {
        addIf(symbol > 0, "transform: smaller than its block");
      } else if (at < Cdfs.FILTER_INTRA) {
        names.add("filter intra " + symbol);
      } else if (at < Cdfs.CFL_SIGN) {
        addIf(at >= Cdfs.PALETTE_Y_SIZE && at < Cdfs.PALETTE_UV_SIZE, "palette luma");
        addIf(at >= Cdfs.PALETTE_UV_SIZE && at < Cdfs.PALETTE_Y_COLOR, "palette chroma");
      } else {
        noteRestoration(at, symbol);
        noteTransform(at, symbol);
      }
    }

    private void noteRestoration(int at, int symbol) {
      addIf(at == Cdfs.USE_WIENER && symbol == 1, "restoration: Wiener");
      addIf(at == Cdfs.USE_SGRPROJ && symbol == 1, "restoration: self-guided");
      if (at == Cdfs.RESTORATION_TYPE && symbol > 0) {
        names.add("restoration: " + (symbol == 1 ? "Wiener" : "self-guided"));
      }
    }

    private void noteTransform(int at, int symbol) {
      int type = -1;
      if (at >= Cdfs.INTRA_TX_1 && at < Cdfs.INTRA_TX_2) {
        type = TxTypeReader.INTRA_SET_1[symbol];
      } else if (at >= Cdfs.INTRA_TX_2 && at < Cdfs.INTER_TX_1) {
        type = TxTypeReader.INTRA_SET_2[symbol];
      } else if (at >= Cdfs.INTER_TX_1 && at < Cdfs.INTER_TX_2) {
        type = TxTypeReader.INTER_SET_1[symbol];
      } else if (at >= Cdfs.INTER_TX_2 && at < Cdfs.INTER_TX_3) {
        type = TxTypeReader.INTER_SET_2[symbol];
      } else if (at >= Cdfs.INTER_TX_3 && at < Cdfs.MV_JOINT) {
        type = TxTypeReader.INTER_SET_3[symbol];
      }
      if (type >= 0) {
        names.add("transform type " + TRANSFORMS.get(type));
      }
      addIf(at >= Cdfs.DELTA_LF_MULTI && at < Cdfs.TXB_SKIP && symbol > 0, "delta lf");
    }
  }
}
