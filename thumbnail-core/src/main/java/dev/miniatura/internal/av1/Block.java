package dev.miniatura.internal.av1;

/** The syntax elements of one block (clause 5.11.5), under the specification's names. */
final class Block {

  int miRow;
  int miCol;
  int size;
  int widthMi; // Num_4x4_Blocks_Wide
  int heightMi;
  boolean hasChroma;
  boolean availU;
  boolean availL;
  boolean availUChroma;
  boolean availLChroma;

  boolean skip;
  int segmentId;
  boolean lossless;
  int qIndex; // get_qindex( 0, segment_id )
  boolean inter; // use_intrabc
  int mvRow; // in whole luma samples
  int mvCol;
  int yMode;
  int uvMode;
  int angleDeltaY;
  int angleDeltaUv;
  boolean useFilterIntra;
  int filterIntraMode;
  int cflAlphaU;
  int cflAlphaV;
  int txSize;

  int paletteSizeY;
  int paletteSizeUv;
  final short[][] paletteColors = new short[3][8];
  final byte[] colorMapY = new byte[64 * 64];
  final byte[] colorMapUv = new byte[64 * 64];

  /** TxTypes of this block's luma by row and column & 31, for chroma of inter blocks. */
  final byte[] txTypes = new byte[32 * 32];

  /** InterTxSizes of an inter block, by row and column & 31. */
  final byte[] txSizes = new byte[32 * 32];

  int maxLumaW; // one after the last predicted luma sample
  int maxLumaH;
}
