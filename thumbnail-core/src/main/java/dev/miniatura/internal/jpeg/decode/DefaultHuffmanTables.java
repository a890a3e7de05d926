package dev.miniatura.internal.jpeg.decode;

import java.util.HexFormat;

/**
 * The typical tables of T.81, K.3. Frames cut out of a Motion JPEG stream have no tables and use
 * these implicitly.
 */
final class DefaultHuffmanTables {

  private static final String DC_VALUES = "000102030405060708090a0b";
  private static final String LUMA_DC_COUNTS = "00010501010101010100000000000000";
  private static final String CHROMA_DC_COUNTS = "00030101010101010101010000000000";
  private static final String LUMA_AC_COUNTS = "0002010303020403050504040000017d";
  private static final String CHROMA_AC_COUNTS = "00020102040403040705040400010277";
  private static final String LUMA_AC_VALUES =
      "01020300041105122131410613516107227114328191a1082342b1c11552d1f0"
          + "2433627282090a161718191a25262728292a3435363738393a43444546474849"
          + "4a535455565758595a636465666768696a737475767778797a83848586878889"
          + "8a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5"
          + "c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8"
          + "f9fa";
  private static final String CHROMA_AC_VALUES =
      "000102031104052131061241510761711322328108144291a1b1c109233352f0"
          + "156272d10a162434e125f11718191a262728292a35363738393a434445464748"
          + "494a535455565758595a636465666768696a737475767778797a828384858687"
          + "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3"
          + "c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8"
          + "f9fa";

  private DefaultHuffmanTables() {}

  /** Returns the default DC table of destination 0 (luminance) or 1 (chrominance). */
  static HuffmanDecoder dc(int destination) {
    return table(destination == 0 ? LUMA_DC_COUNTS : CHROMA_DC_COUNTS, DC_VALUES);
  }

  /** Returns the default AC table of destination 0 (luminance) or 1 (chrominance). */
  static HuffmanDecoder ac(int destination) {
    return destination == 0
        ? table(LUMA_AC_COUNTS, LUMA_AC_VALUES)
        : table(CHROMA_AC_COUNTS, CHROMA_AC_VALUES);
  }

  private static HuffmanDecoder table(String counts, String values) {
    HexFormat hex = HexFormat.of();
    return new HuffmanDecoder(hex.parseHex(counts), hex.parseHex(values));
  }
}
