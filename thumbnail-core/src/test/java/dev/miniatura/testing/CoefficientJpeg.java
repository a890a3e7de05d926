package dev.miniatura.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes given quantized coefficients as JPEG files, sequential or progressive with any scan
 * script, so that tests know exactly what a file contains; {@link JpegMaker} writes pictures in the
 * same way. The Huffman code covers all 256 symbols.
 */
public final class CoefficientJpeg {

  /** Lengths of codes: almost flat, or steep so that most symbols have codes of 16 bits. */
  public enum Code {
    FLAT,
    STEEP;

    private HuffmanCode of(int symbols) {
      return HuffmanCode.ofLengths(
          IntStream.range(0, symbols)
              .map(i -> this == FLAT ? (i < 254 ? 8 : 9) : Math.min(16, i + 2))
              .toArray());
    }
  }

  private final int width;
  private final int height;
  private final int[] quantization; // zigzag order, shared by all components
  private final List<JpegPlane> planes = new ArrayList<>();
  private final List<Integer> all;
  private int[] ids = {1, 2, 3, 4};
  private int restartInterval;
  private Code code = Code.FLAT;
  private byte[] segments = {};
  private boolean linesInDnl;
  private boolean arithmetic;
  private JpegArithmetic.@Nullable Conditioning conditioning;

  private CoefficientJpeg(int width, int height, int quantizer, int[] factors) {
    this.width = width;
    this.height = height;
    quantization = new int[64];
    Arrays.fill(quantization, quantizer);
    int maxH = Arrays.stream(factors).map(factor -> factor >> 4).max().orElseThrow();
    int maxV = Arrays.stream(factors).map(factor -> factor & 15).max().orElseThrow();
    for (int factor : factors) {
      planes.add(new JpegPlane(width, height, factor >> 4, factor & 15, maxH, maxV, 0));
    }
    all = IntStream.range(0, factors.length).boxed().toList();
  }

  /**
   * Starts a file whose coefficients are all zero.
   *
   * @param quantizer of all coefficients
   * @param factors {@code H << 4 | V} per component
   */
  public static CoefficientJpeg gray(int width, int height, int quantizer, int... factors) {
    return new CoefficientJpeg(width, height, quantizer, factors);
  }

  /**
   * Starts a file with blocks of all kinds: empty, DC only, sparse, dense, ending without EOB, with
   * long runs.
   */
  public static CoefficientJpeg random(
      long seed, int width, int height, int quantizer, int... factors) {
    CoefficientJpeg jpeg = gray(width, height, quantizer, factors);
    Random random = new Random(seed);
    for (JpegPlane plane : jpeg.planes) {
      for (int at = 0; at < plane.coefficients.length; at += 64) {
        fill(plane.coefficients, at, random, quantizer);
      }
    }
    return jpeg;
  }

  private static void fill(short[] coefficients, int at, Random random, int quantizer) {
    coefficients[at] = (short) ((random.nextInt(1400) - 700) / quantizer);
    int kind = random.nextInt(6);
    double density = kind < 2 ? 0 : kind == 2 ? 0.05 : kind == 3 ? 0.2 : 0.6;
    for (int k = 1; k < 64; k++) {
      if (random.nextDouble() < density) {
        int max = Math.max(1, 400 / quantizer / (1 + k));
        coefficients[at + k] = (short) (random.nextInt(2 * max + 1) - max);
      }
    }
    if (kind == 1) {
      coefficients[at + 63] = (short) (1 + random.nextInt(2));
    }
    if (kind == 4) {
      coefficients[at + 40 + random.nextInt(24)] = -1;
    }
  }

  /** Returns a component's coefficients to be changed: block by block, 64 each in zigzag order. */
  public short[] coefficients(int component) {
    return planes.get(component).coefficients;
  }

  /** Sets the identifiers of the components; 1 to 4 otherwise. */
  public CoefficientJpeg ids(int... values) {
    ids = values;
    return this;
  }

  /** Puts a restart marker after every so many MCUs; 0 for none. */
  public CoefficientJpeg restartInterval(int mcus) {
    restartInterval = mcus;
    return this;
  }

  /** Sets the Huffman code; a flat one otherwise. */
  public CoefficientJpeg code(Code value) {
    code = value;
    return this;
  }

  /** Codes arithmetically instead of by Huffman. */
  public CoefficientJpeg arithmetic(boolean value) {
    arithmetic = value;
    return this;
  }

  /**
   * Codes arithmetically with other conditioning than the default.
   *
   * @param lower L, which bounds the DC differences that count as zero
   * @param upper U, which bounds the small ones
   * @param kx last zigzag index of low frequencies
   */
  public CoefficientJpeg conditioning(int lower, int upper, int kx) {
    conditioning = new JpegArithmetic.Conditioning(lower, upper, kx);
    return arithmetic(true);
  }

  /** Sets whole marker segments to be written before the tables. */
  public CoefficientJpeg segments(byte[] bytes) {
    segments = bytes;
    return this;
  }

  /** Leaves the number of lines open in the frame header, and writes it after each scan. */
  public CoefficientJpeg linesInDnl(boolean value) {
    linesInDnl = value;
    return this;
  }

  /** Returns a file of one scan with all components. */
  public byte[] baseline() {
    return bytes(JpegFile.SOF0, List.of(JpegScan.sequential(all)));
  }

  /** Returns a file of one scan per component, in the given order. */
  public byte[] baselineByComponent(int... order) {
    return bytes(
        JpegFile.SOF1,
        Arrays.stream(order).mapToObj(each -> JpegScan.sequential(List.of(each))).toList());
  }

  /**
   * Returns a file with spectral selection and two refinements, as most encoders write it: DC of
   * all, then for each component the low and the high AC coefficients, then what is left of both.
   */
  public byte[] progressive() {
    List<JpegScan> script = new ArrayList<>();
    script.add(JpegScan.progressive(all, 0, 0, 0, 1));
    addEach(script, 1, 5, 0, 2);
    addEach(script, 6, 63, 0, 2);
    addEach(script, 1, 63, 2, 1);
    script.add(JpegScan.progressive(all, 0, 0, 1, 0));
    addEach(script, 1, 63, 1, 0);
    return bytes(JpegFile.SOF2, script);
  }

  /** Returns a progressive file without successive approximation. */
  public byte[] spectral() {
    List<JpegScan> script = new ArrayList<>();
    addEach(script, 0, 0, 0, 0);
    addEach(script, 1, 2, 0, 0);
    addEach(script, 3, 20, 0, 0);
    addEach(script, 21, 63, 0, 0);
    return bytes(JpegFile.SOF2, script);
  }

  /** Returns a progressive file with a single scan: DC without its lowest bits. */
  public byte[] firstDcScan(int al) {
    return bytes(JpegFile.SOF2, List.of(JpegScan.progressive(all, 0, 0, 0, al)));
  }

  private void addEach(List<JpegScan> script, int ss, int se, int ah, int al) {
    all.forEach(each -> script.add(JpegScan.progressive(List.of(each), ss, se, ah, al)));
  }

  private byte[] bytes(int sof, List<JpegScan> script) {
    JpegFile file = new JpegFile(ids, planes);
    file.segments(segments);
    file.quantization(0, quantization);
    int frame = sof == JpegFile.SOF0 ? JpegFile.SOF1 : sof;
    file.frame(arithmetic ? frame + JpegFile.ARITHMETIC : sof, width, linesInDnl ? 0 : height);
    HuffmanCode dc = code.of(16);
    HuffmanCode ac = code.of(256);
    file.huffman(0, dc);
    file.huffman(JpegSymbols.AC, ac);
    file.restartInterval(restartInterval);
    if (conditioning != null) {
      file.conditioning(conditioning);
    }
    for (JpegScan scan : script) {
      if (arithmetic) {
        file.arithmeticScan(scan);
      } else {
        file.scan(scan, new HuffmanCode[] {dc, dc, ac, ac});
      }
      if (linesInDnl) {
        file.numberOfLines(height);
      }
    }
    return file.end();
  }
}
