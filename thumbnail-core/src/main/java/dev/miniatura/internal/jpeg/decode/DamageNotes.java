package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.raster.Notes;

/** Describes the problems of a picture that is rendered nevertheless. */
final class DamageNotes {

  private static final String FORMAT = Container.JPEG.name();
  private static final String AS_FAR_AS_IT_GOES = "shown as far as it goes";

  private final Notes notes;

  DamageNotes(Notes notes) {
    this.notes = notes;
  }

  /** Notes a scan's damage, due to which {@code grayRows} image rows have no data. */
  void note(ScanDecoder scan, int grayRows) {
    if (scan.in.corruptAt() >= 0) {
      notes.add(FORMAT, "corrupt data", "parts may look wrong", scan.in.corruptAt());
    }
    if (scan.lostAt() >= 0) {
      String what = scan.in.hasSourceEnded() ? "truncated" : "data missing";
      String consequence =
          grayRows <= 0
              ? AS_FAR_AS_IT_GOES
              : grayRows == 1 ? "the last row is gray" : "the last " + grayRows + " rows are gray";
      notes.add(FORMAT, what, consequence, scan.lostAt());
    }
  }

  /** Notes that a later segment cannot be read. */
  void note(MalformedImageException error) {
    notes.add(FORMAT, error.reason(), AS_FAR_AS_IT_GOES, error.offset());
  }

  /** Notes that the source ends before the picture is complete. */
  void noteEnd(long offset) {
    notes.add(FORMAT, "truncated", AS_FAR_AS_IT_GOES, offset);
  }
}
