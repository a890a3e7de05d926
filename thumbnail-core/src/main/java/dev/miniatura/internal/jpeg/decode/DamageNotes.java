package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.raster.Notes;

/** Words for what is wrong with a picture that is rendered all the same. */
final class DamageNotes {

  private final Notes notes;

  DamageNotes(Notes notes) {
    this.notes = notes;
  }

  /** Takes note of a scan's damage; {@code grayRows} image rows have no data because of it. */
  void note(ScanDecoder scan, int grayRows) {
    if (scan.in.corruptAt() >= 0) {
      notes.add("corrupt data at byte " + scan.in.corruptAt());
    }
    if (scan.lostAt() >= 0) {
      String what = scan.in.hasSourceEnded() ? "truncated at byte " : "data missing at byte ";
      String effect =
          grayRows <= 0
              ? ""
              : grayRows == 1
                  ? ": the last row is gray"
                  : ": the last " + grayRows + " rows are gray";
      notes.add(what + scan.lostAt() + effect);
    }
  }

  /** Takes note that a later segment cannot be read. */
  void note(MalformedImageException error) {
    notes.add(error.reason() + " at byte " + error.offset());
  }

  /** Takes note that the source ends before the picture is complete. */
  void noteEnd(long offset) {
    notes.add("truncated at byte " + offset);
  }
}
