package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.jpeg.Marker;
import java.io.IOException;

/**
 * Goes through a scan's MCUs and restart intervals (T.81, E.2.3 to E.2.5), and past damage: an MCU
 * that needs more data than there is ends its restart interval, or the scan if there is none; a
 * restart marker with a number slightly ahead means that intervals are missing.
 */
abstract class ScanDecoder {

  private static final int NEVER = Integer.MAX_VALUE;

  final EntropyReader in;
  private final int mcusX;
  private final int mcusY;
  private final int restartInterval;
  private int restartAt; // the MCU before which a restart marker is due
  private int lostUntil; // MCUs before this one are not decoded
  private int firstLostRow = NEVER; // nothing is decoded from here on
  private long lostAt = -1;

  ScanDecoder(EntropyReader in, int mcusX, int mcusY, int restartInterval) {
    this.in = in;
    this.mcusX = mcusX;
    this.mcusY = mcusY;
    this.restartInterval = restartInterval;
  }

  /** Starts a restart interval: resets predictions and runs. */
  abstract void startInterval() throws IOException;

  abstract void decodeMcu(int x, int y) throws IOException;

  /**
   * Decodes MCUs of one row until one {@linkplain EntropyReader#isOverrun needs} more data than
   * there is.
   *
   * @param max how many to decode, at least 1
   * @return how many have been decoded
   */
  int decodeMcus(int x, int y, int max) throws IOException {
    for (int i = 0; i < max; i++) {
      decodeMcu(x + i, y);
      if (in.isOverrun()) {
        return i + 1;
      }
    }
    return max;
  }

  /** Records that an MCU is not decoded. */
  void loseMcu(int x, int y) {}

  /** Records that no MCU of a row, nor any after it, is decoded. */
  void loseRow() {}

  void finishRow(int y) throws IOException {}

  /** Decodes the scan and moves the reader past its data. */
  final void decode() throws IOException {
    in.start();
    startInterval();
    restartAt = restartInterval == 0 ? NEVER : restartInterval;
    for (int y = 0; y < mcusY; y++) {
      in.checkDeadline();
      if (lostUntil == NEVER) {
        loseRow();
      } else {
        decodeRow(y);
      }
      finishRow(y);
    }
    in.finish();
  }

  private void decodeRow(int y) throws IOException {
    int x = 0;
    while (x < mcusX) {
      int mcu = y * mcusX + x;
      if (mcu == restartAt) {
        restart(mcu);
      }
      if (mcu < lostUntil) {
        loseMcu(x, y);
        x++;
      } else {
        x += decodeMcus(x, y, Math.min(mcusX - x, restartAt - mcu));
        if (in.isOverrun()) {
          lose(y, restartAt);
        }
      }
    }
  }

  /** Returns the first MCU row from which nothing was decoded, or a huge number. */
  final int firstLostRow() {
    return firstLostRow;
  }

  /** Returns the position at which data was first missing, or −1. */
  final long lostAt() {
    return lostAt;
  }

  private void lose(int y, int until) {
    if (lostAt < 0) {
      lostAt = in.offset();
    }
    lostUntil = until;
    if (until == NEVER) {
      firstLostRow = y + 1;
    }
  }

  /** Finds the restart marker due before an MCU. */
  private void restart(int mcu) throws IOException {
    int expected = mcu / restartInterval - 1;
    for (; ; ) {
      int marker = in.findMarker();
      if (marker == MarkerSearch.NONE || (marker >= Marker.SOF0 && !Marker.isRestart(marker))) {
        restartAt = NEVER;
        lose(mcu / mcusX - 1, NEVER);
        return;
      }
      in.passMarker();
      int ahead = (marker - Marker.RST0 - expected) & 7;
      boolean stale = ahead >= 6; // of an interval already given up
      if (Marker.isRestart(marker) && !stale) {
        int missing = ahead <= 2 ? ahead : 0; // further off: treat it as the expected one
        long resume = mcu + (long) missing * restartInterval;
        lostUntil = (int) Math.min(NEVER - 1, resume);
        restartAt = (int) Math.min(NEVER, resume + restartInterval);
        startInterval();
        if (missing > 0) {
          in.markCorrupt();
        }
        return;
      }
    }
  }
}
