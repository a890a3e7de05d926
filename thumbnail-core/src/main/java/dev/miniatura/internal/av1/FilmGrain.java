package dev.miniatura.internal.av1;

/** Adds film grain to a frame, by stripes of 32 luma rows (clause 7.18.3.5). */
final class FilmGrain {

  private final FrameHeader header;
  private final GrainParameters parameters;
  private final GrainTemplates templates;
  private final int bitDepth;
  private final int subX;
  private final int subY;
  private final int planes;
  private final int[][][] stripes; // [ 0 ] the current one, [ 1 ] the previous one; by plane
  private final int[] strides = new int[3];

  FilmGrain(FrameHeader header, GrainParameters parameters) {
    this.header = header;
    this.parameters = parameters;
    SequenceHeader sequence = header.sequence;
    templates = new GrainTemplates(parameters, sequence);
    bitDepth = sequence.bitDepth;
    subX = sequence.subsamplingX;
    subY = sequence.subsamplingY;
    planes = sequence.planes();
    stripes = new int[2][3][];
    for (int plane = 0; plane < planes; plane++) {
      strides[plane] = header.upscaledPlaneWidth(plane) + 40;
      for (int i = 0; i < 2; i++) {
        stripes[i][plane] = new int[strides[plane] * 34];
      }
    }
  }

  /** Adds grain to all rows. */
  void add(Plane[] target) {
    for (int stripe = 0; stripe * 32 < header.frameHeight; stripe++) {
      int[][] kept = stripes[1];
      stripes[1] = stripes[0];
      stripes[0] = kept;
      makeStripe(stripe);
      for (int plane = planes - 1; plane >= 0; plane--) { // chroma depends on luma without grain
        if (parameters.applies(plane)) {
          addStripe(target, plane, stripe);
        }
      }
    }
  }

  private void makeStripe(int stripe) {
    int register = parameters.seed;
    register ^= (stripe * 37 + 178 & 255) << 8;
    register ^= stripe * 173 + 105 & 255;
    for (int x = 0; x < (header.upscaledWidth + 1) / 2; x += 16) {
      register = GrainTemplates.next(register);
      int random = register >> 8;
      for (int plane = 0; plane < planes; plane++) {
        int sx = plane > 0 ? subX : 0;
        int sy = plane > 0 ? subY : 0;
        int offsetX = sx != 0 ? 6 + (random >> 4) : 9 + (random >> 4) * 2;
        int offsetY = sy != 0 ? 6 + (random & 15) : 9 + (random & 15) * 2;
        int[] to = stripes[0][plane];
        int[] grain = templates.grain[plane];
        int column = sx != 0 ? x : 2 * x;
        int width = Math.min(34 >> sx, strides[plane] - column);
        for (int i = 0; i < 34 >> sy; i++) {
          int from = (offsetY + i) * GrainTemplates.WIDTH + offsetX;
          int at = i * strides[plane] + column;
          for (int k = 0; k < width; k++) {
            int g = grain[from + k];
            if (parameters.overlap && x > 0 && k < 2 - sx) {
              g = blend(to[at + k], g, k, sx);
            }
            to[at + k] = g;
          }
        }
      }
    }
  }

  /** Blends the noise of two blocks where they overlap. */
  private int blend(int old, int g, int index, int subsampling) {
    int sum;
    if (subsampling != 0) {
      sum = old * 23 + g * 22;
    } else {
      sum = index == 0 ? old * 27 + g * 17 : old * 17 + g * 27;
    }
    return templates.clip((sum + 16) >> 5);
  }

  private void addStripe(Plane[] target, int plane, int stripe) {
    int sy = plane > 0 ? subY : 0;
    int width = header.upscaledPlaneWidth(plane);
    int first = (stripe * 32) >> sy;
    int rows = Math.min(32 >> sy, header.planeHeight(plane) - first);
    int shift = parameters.scalingShift;
    int least = parameters.restrictedRange ? 16 << (bitDepth - 8) : 0;
    int most = largest(plane);
    Plane to = target[plane];
    for (int i = 0; i < rows; i++) {
      int at = to.at(0, first + i);
      for (int x = 0; x < width; x++) {
        int g = stripes[0][plane][i * strides[plane] + x];
        if (parameters.overlap && stripe > 0 && i < 2 - sy) {
          int old = stripes[1][plane][(i + (32 >> sy)) * strides[plane] + x];
          g = blend(old, g, i, sy);
        }
        int sample = to.samples[at + x];
        int index = plane == 0 ? sample : chromaIndex(target[0], plane, x, first + i, sample);
        int noise = (scale(plane, index) * g + (1 << (shift - 1))) >> shift;
        to.samples[at + x] = (short) Math.max(least, Math.min(most, sample + noise));
      }
    }
  }

  private int largest(int plane) {
    if (!parameters.restrictedRange) {
      return (256 << (bitDepth - 8)) - 1;
    }
    boolean narrow = plane == 0 || header.sequence.identityMatrix();
    return (narrow ? 235 : 240) << (bitDepth - 8);
  }

  private int chromaIndex(Plane luma, int plane, int x, int y, int sample) {
    int lumaX = x << subX;
    int at = luma.at(0, Math.min(y << subY, header.frameHeight - 1));
    int mean = luma.samples[at + lumaX];
    if (subX != 0) {
      int next = Math.min(lumaX + 1, header.upscaledWidth - 1);
      mean = (mean + luma.samples[at + next] + 1) >> 1;
    }
    if (parameters.chromaFromLuma) {
      return mean;
    }
    int combined = mean * parameters.lumaMultiplier[plane] + sample * parameters.multiplier[plane];
    int merged = (combined >> 6) + (parameters.offset[plane] << (bitDepth - 8));
    return Math.max(0, Math.min((1 << bitDepth) - 1, merged));
  }

  /** scale_lut( ). */
  private int scale(int plane, int index) {
    int[] lut = templates.scaling[plane];
    int shift = bitDepth - 8;
    int x = index >> shift;
    int rest = index - (x << shift);
    if (rest == 0 || x == 255) {
      return lut[x];
    }
    return lut[x] + (((lut[x + 1] - lut[x]) * rest + (1 << (shift - 1))) >> shift);
  }
}
