package dev.miniatura.internal.av1;

import dev.miniatura.Limits;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.codec.PictureSink;
import java.io.IOException;
import java.util.Random;

/**
 * A still picture of random syntax: headers and every symbol of its tiles are random, so that all
 * tools appear, including combinations that no encoder uses.
 */
final class RandomStream {

  private final Random random;
  private final byte[] sequence;
  private final byte[] header;
  private final FrameHeader frame;
  private final double detail;

  /** Makes the stream of a seed, with sides up to {@code largest}. */
  RandomStream(long seed, int largest) throws IOException {
    random = new Random(seed);
    RandomHeader headers = new RandomHeader(random);
    headers.write(largest);
    sequence = headers.sequence();
    header = headers.frame();
    frame = parse(sequence, header);
    detail = random.nextDouble();
  }

  /** Makes a frame of random symbols for the headers given. */
  RandomStream(long seed, byte[] sequence, byte[] header) throws IOException {
    random = new Random(seed);
    this.sequence = sequence;
    this.header = header;
    frame = parse(sequence, header);
    detail = random.nextDouble();
  }

  private static FrameHeader parse(byte[] sequence, byte[] header) throws IOException {
    SequenceHeader parsed = SequenceHeader.parse(new BitReader(sequence, 0, sequence.length));
    BitReader in = new BitReader(header, 0, header.length);
    FrameHeader frame = FrameHeaderReader.parse(in, parsed, 0, 0);
    in.align();
    if (in.offset() != header.length) {
      throw new IllegalStateException("header of " + header.length + " read to " + in.offset());
    }
    return frame;
  }

  FrameHeader frame() {
    return frame;
  }

  /** Returns the OBUs: a temporal delimiter, the headers and the tiles. */
  byte[] write() throws IOException {
    BitWriter out = new BitWriter();
    out.bits(16, 0x1200);
    out.bytes(BitWriter.obu(1, sequence));
    out.bytes(BitWriter.obu(6, frameObu()));
    return out.toByteArray();
  }

  /** Returns what an OBU of type OBU_FRAME holds: the frame header and the tiles. */
  byte[] frameObu() throws IOException {
    int tiles = frame.tileCols * frame.tileRows;
    ChosenSymbols[] symbols = new ChosenSymbols[tiles];
    FrameDecoder decoder =
        new FrameDecoder(
            frame,
            Pictures.exact(Limits.defaults()).withoutFilters(),
            new byte[0],
            new int[tiles],
            new int[tiles]) {
          @Override
          SymbolDecoder symbols(int tile, char[] cdfs) {
            symbols[tile] = new ChosenSymbols(cdfs, frame.cdfUpdate, new Chance());
            return symbols[tile];
          }
        };
    decoder.decode(new NoSink());
    BitWriter obu = new BitWriter();
    obu.bytes(header);
    if (tiles > 1) {
      obu.flag(false); // tile_start_and_end_present_flag
      obu.align();
    }
    for (int i = 0; i < tiles; i++) {
      byte[] data = symbols[i].finish();
      if (i < tiles - 1) {
        for (int k = 0; k < frame.tileSizeBytes; k++) {
          obu.bits(8, (data.length - 1) >> (8 * k) & 255);
        }
      }
      obu.bytes(data);
    }
    return obu.toByteArray();
  }

  /** Takes no rows. */
  static final class NoSink implements PictureSink {
    @Override
    public void begin(PictureFormat format) {}

    @Override
    public void rows(int plane, int y, int count, short[] samples, int offset, int stride) {}
  }

  /** Chooses so that blocks stay of moderate size, coefficients few and small. */
  private final class Chance implements ChosenSymbols.Choice {

    @Override
    public int symbol(int at, int count) {
      if (at >= Cdfs.SEGMENT_ID && at < Cdfs.SKIP) {
        return random.nextInt(frame.lastActiveSegId + 1); // checked by the decoder below
      }
      if (at >= Cdfs.SKIP && at < Cdfs.DELTA_Q) {
        return random.nextInt(4) == 0 ? 1 : 0;
      }
      if (at == Cdfs.INTRABC) {
        return 0;
      }
      if (at >= Cdfs.TXB_SKIP && at < Cdfs.EOB_PT_16) {
        return random.nextDouble() < detail ? 0 : 1;
      }
      if (at >= Cdfs.EOB_PT_16 && at < Cdfs.EOB_EXTRA) {
        return Math.min(random.nextInt(count), random.nextInt(count));
      }
      if (at >= Cdfs.COEFF_BASE_EOB && at < Cdfs.COEFF_BASE) {
        return random.nextInt(8) == 0 ? random.nextInt(3) : 0;
      }
      if (at >= Cdfs.COEFF_BASE && at < Cdfs.COEFF_BR) {
        return random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(2);
      }
      if (at >= Cdfs.COEFF_BR) {
        return random.nextInt(6) == 0 ? random.nextInt(4) : 0;
      }
      if (at >= Cdfs.PARTITION_8 && at < Cdfs.SEGMENT_ID) {
        return partition(count);
      }
      return random.nextInt(count);
    }

    private int partition(int count) {
      int format = frame.sequence.subsamplingX * 2 + frame.sequence.subsamplingY;
      for (; ; ) {
        int partition = random.nextInt(3) == 0 ? Blocks.PARTITION_SPLIT : random.nextInt(count);
        boolean tall =
            partition == Blocks.PARTITION_VERT
                || partition == Blocks.PARTITION_VERT_A
                || partition == Blocks.PARTITION_VERT_B
                || partition == Blocks.PARTITION_VERT_4;
        if (format != 2 || !tall) {
          return partition;
        }
      }
    }

    @Override
    public boolean flag(int inverse) {
      if (inverse != 1 << 14) { // a split at the edge of the frame: 4:2:2 has no other columns
        return frame.sequence.subsamplingX > frame.sequence.subsamplingY || random.nextBoolean();
      }
      return random.nextBoolean();
    }
  }
}
