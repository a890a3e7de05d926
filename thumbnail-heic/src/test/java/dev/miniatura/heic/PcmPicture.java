package dev.miniatura.heic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/**
 * Writes given samples as an uncompressed HEVC picture: every coding unit has 16 × 16 luma samples,
 * which are stored uncoded ({@code pcm_flag}). Used for files with known pixels.
 *
 * @param width in luma samples, even where chroma is halved
 * @param height in luma samples, even where chroma is halved
 * @param chromaFormat {@code chroma_format_idc}
 * @param bitDepth 8 to 12
 * @param fullRange {@code video_full_range_flag}
 * @param samples of the picture
 */
record PcmPicture(
    int width, int height, int chromaFormat, int bitDepth, boolean fullRange, Samples samples) {

  private static final int SIDE = 16;

  /** The samples of a picture. */
  interface Samples {
    int at(int component, int x, int y);
  }

  private int shiftX(int component) {
    return component > 0 && chromaFormat < 3 ? 1 : 0;
  }

  private int shiftY(int component) {
    return component > 0 && chromaFormat == 1 ? 1 : 0;
  }

  private static int coded(int length) {
    return (length + SIDE - 1) / SIDE * SIDE;
  }

  /** Returns VPS, SPS and PPS. */
  byte[][] parameterSets() {
    return new byte[][] {
      BitWriter.nal(NalUnit.VPS, vps()),
      BitWriter.nal(NalUnit.SPS, sps()),
      BitWriter.nal(NalUnit.PPS, pps())
    };
  }

  private static BitWriter profile(BitWriter w) {
    w.u(2, 0).u(1, 0).u(5, 4).u(32, 1L << (31 - 4));
    return w.u(4, 9).u(43, 0).u(1, 0).u(8, 186);
  }

  private static byte[] vps() {
    BitWriter w = new BitWriter().u(4, 0).u(2, 3).u(6, 0).u(3, 0).u(1, 1).u(16, 0xffff);
    profile(w).flag(true).ue(0).ue(0).ue(0).u(6, 0).ue(0).flag(false).flag(false);
    return w.align().toBytes();
  }

  private byte[] sps() {
    BitWriter w = new BitWriter().u(4, 0).u(3, 0).u(1, 1);
    profile(w).ue(0).ue(chromaFormat);
    if (chromaFormat == 3) {
      w.flag(false);
    }
    w.ue(coded(width)).ue(coded(height)).flag(true);
    int unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
    int unitY = chromaFormat == 1 ? 2 : 1;
    w.ue(0).ue((coded(width) - width) / unitX).ue(0).ue((coded(height) - height) / unitY);
    w.ue(bitDepth - 8).ue(bitDepth - 8).ue(4).flag(true).ue(0).ue(0).ue(0);
    w.ue(1).ue(0).ue(0).ue(2).ue(0).ue(0); // coding blocks of 16, transforms of 4 to 16
    w.flag(false).flag(false).flag(false).flag(true); // scaling lists, amp, sao, pcm
    w.u(4, bitDepth - 1).u(4, bitDepth - 1).ue(1).ue(0).flag(true);
    w.ue(0).flag(false).flag(false).flag(false).flag(true);
    w.flag(false).flag(false).flag(true).u(3, 5).flag(fullRange).flag(false); // VUI
    w.flag(false).u(3, 0).flag(false).flag(false).flag(false);
    return w.flag(false).align().toBytes();
  }

  private static byte[] pps() {
    BitWriter w = new BitWriter().ue(0).ue(0).flag(false).flag(false).u(3, 0);
    w.flag(false).flag(false).ue(0).ue(0).se(0).flag(false).flag(false).flag(false);
    w.se(0).se(0).flag(false).u(2, 0).flag(false).flag(false).flag(false).flag(false);
    w.flag(false).flag(false).flag(false).ue(0).flag(false).flag(false);
    return w.align().toBytes();
  }

  /** Returns the data of the item: one slice, after its length in four bytes. */
  byte[] item() throws IOException {
    ParameterSets sets = new ParameterSets();
    for (byte[] unit : parameterSets()) {
      sets.add(NalUnit.parse(unit, 0, unit.length, 0));
    }
    BitWriter header = new BitWriter().flag(true).flag(false).ue(0).ue(2).se(0);
    byte[] start = BitWriter.nal(19, header.align().toBytes());
    NalUnit unit = NalUnit.parse(start, 0, start.length, 0);
    SliceHeader slice = new SliceHeader(unit, sets, null);
    Writer writer = new Writer();
    PictureDecoder decoder = new PictureDecoder(slice, writer, false, false, Long.MAX_VALUE);
    decoder.start(new Planes());
    writer.setCtbs(coded(width) / SIDE * (coded(height) / SIDE));
    decoder.decode(unit, slice);
    decoder.finish();
    byte[] data = BitWriter.escape(writer.data());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = start.length + data.length;
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(length >> shift);
    }
    out.writeBytes(start);
    out.writeBytes(data);
    return out.toByteArray();
  }

  /** Chooses the syntax elements that give the samples. */
  private final class Writer extends CabacWriter {

    private int units;

    Writer() {
      super(new Random(0));
    }

    @Override
    int choose(int context) {
      return 1; // part_mode: one block
    }

    @Override
    boolean choosesPcm() {
      return true;
    }

    @Override
    void choose(byte[] pcm) {
      int left = units % (coded(width) / SIDE) * SIDE;
      int top = units / (coded(width) / SIDE) * SIDE;
      units++;
      BitWriter w = new BitWriter();
      for (int c = 0; c < (chromaFormat == 0 ? 1 : 3); c++) {
        for (int y = top >> shiftY(c); y < (top + SIDE) >> shiftY(c); y++) {
          for (int x = left >> shiftX(c); x < (left + SIDE) >> shiftX(c); x++) {
            int lastX = (width - 1) >> shiftX(c);
            int lastY = (height - 1) >> shiftY(c);
            w.u(bitDepth, samples.at(c, Math.min(x, lastX), Math.min(y, lastY)));
          }
        }
      }
      byte[] bytes = w.alignWithZeros().toBytes();
      System.arraycopy(bytes, 0, pcm, 0, pcm.length);
    }
  }
}
