package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.MalformedImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arithmetic coding of a scan: its decoder, and the statistics areas that its components share
 * if they name the same destination (T.81, F.1.4.4).
 */
final class ArithmeticCoding {

  /** Bins of a DC area: tables F.4 and F.5. */
  private static final int DC_BINS = 49;

  /** Bins of an AC area. */
  private static final int AC_BINS = 245;

  private final ArithmeticDecoder decoder;
  private final CodingTables tables;
  private final byte[][] dc = new byte[CodingTables.DESTINATIONS][DC_BINS];
  private final byte[][] ac = new byte[CodingTables.DESTINATIONS][AC_BINS];
  private final List<ArithmeticModel> models = new ArrayList<>();

  ArithmeticCoding(EntropyReader in, CodingTables tables) {
    this.decoder = new ArithmeticDecoder(in);
    this.tables = tables;
  }

  /**
   * Returns the coding of a component of the scan.
   *
   * @param dcTable destination of its DC statistics and conditioning; 0 in a scan without any
   * @param acTable the same for AC
   */
  ArithmeticModel model(int dcTable, int acTable) throws MalformedImageException {
    int dcConditioning = tables.dcConditioning(dcTable);
    int kx = tables.acConditioning(acTable);
    ArithmeticModel model =
        new ArithmeticModel(decoder, dc[dcTable], ac[acTable], dcConditioning, kx);
    models.add(model);
    return model;
  }

  /** Starts a restart interval: the decoder and all statistics (F.2.4.4). */
  void start() throws IOException {
    for (int i = 0; i < CodingTables.DESTINATIONS; i++) {
      Arrays.fill(dc[i], (byte) 0);
      Arrays.fill(ac[i], (byte) 0);
    }
    for (ArithmeticModel model : models) {
      model.start();
    }
    decoder.start();
  }
}
