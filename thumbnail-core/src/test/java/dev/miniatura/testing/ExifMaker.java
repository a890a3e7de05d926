package dev.miniatura.testing;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes EXIF: a TIFF structure without an image (EXIF 2.32, section 4.5). */
public final class ExifMaker {

  private final ByteOrder order;
  private int orientation = 1;
  private boolean gps;
  private String taken = "";

  private ExifMaker(ByteOrder order) {
    this.order = order;
  }

  /** Starts a structure in the byte order of most cameras. */
  public static ExifMaker littleEndian() {
    return new ExifMaker(ByteOrder.LITTLE_ENDIAN);
  }

  /** Starts a structure in the byte order of most telephones. */
  public static ExifMaker bigEndian() {
    return new ExifMaker(ByteOrder.BIG_ENDIAN);
  }

  /** Sets the orientation tag; any 16-bit value, so that wrong ones can be written too. */
  public ExifMaker orientation(int value) {
    orientation = value;
    return this;
  }

  /** Adds a GPS directory that points at the Mer de Glace: 45° 55' N, 6° 56' E. */
  public ExifMaker gps() {
    gps = true;
    return this;
  }

  /**
   * Sets when the picture was taken, as EXIF writes it; any text, so that wrong ones can be
   * written.
   */
  public ExifMaker taken(String value) {
    taken = value;
    return this;
  }

  /** Returns the structure, starting with the byte order mark. */
  public byte[] bytes() {
    TiffDirectory main =
        new TiffDirectory(order)
            .ascii(0x010f, "Miniatura")
            .ascii(0x0110, "Synthetic camera")
            .shorts(0x0112, orientation);
    TiffDirectory exif = new TiffDirectory(order).ascii(0x9003, taken);
    TiffDirectory position =
        new TiffDirectory(order)
            .ascii(1, "N")
            .rationals(2, 45, 55, 0)
            .ascii(3, "E")
            .rationals(4, 6, 56, 0);
    if (!taken.isEmpty()) {
      main.longs(0x8769, 0);
    }
    if (gps) {
      main.longs(0x8825, 0);
    }
    int end = 8 + main.size();
    List<byte[]> directories = new ArrayList<>();
    if (!taken.isEmpty()) {
      main.longs(0x8769, end);
      directories.add(exif.bytes(end));
      end += exif.size();
    }
    if (gps) {
      main.longs(0x8825, end);
      directories.add(position.bytes(end));
    }
    ByteWriter out = new ByteWriter(order);
    out.ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II").u16(42).u32(8).bytes(main.bytes(8));
    directories.forEach(out::bytes);
    return out.toByteArray();
  }
}
