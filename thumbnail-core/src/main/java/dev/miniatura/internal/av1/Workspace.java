package dev.miniatura.internal.av1;

/**
 * Scratch memory for decoding blocks; one for all tiles of a frame, since they are decoded in turn.
 */
final class Workspace {

  /** The index of sample 0 of an edge: upsampling and the corner need room before it. */
  static final int EDGE = 16;

  final int[] aboveRow = new int[EDGE + 2 * 64 + 32];
  final int[] leftCol = new int[EDGE + 2 * 64 + 32];
  final int[] edge = new int[2 * 64 + 32];
  final int[] luma = new int[32 * 32]; // of CfL
  final int[] coefficients = new int[32 * 32];
  final byte[] levels = new byte[(32 + 4) * (32 + 5)];
  final int[] residual = new int[64 * 64];
  final int[] line = new int[64];
  final int[] permuted = new int[64];
}
