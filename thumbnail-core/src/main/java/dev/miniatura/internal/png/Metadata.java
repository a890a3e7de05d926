package dev.miniatura.internal.png;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.png.PngHeader.ColorType;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import dev.miniatura.internal.raster.Notes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chunks before the image data: the header, and the data of the relevant ones. */
final class Metadata {

  static final int FCTL = Chunks.type("fcTL");
  private static final int ACTL = Chunks.type("acTL");
  private static final int EXIF = Chunks.type("eXIf");
  private static final int CGBI = Chunks.type("CgBI");
  private static final int TRNS = Chunks.type("tRNS");

  /** The chunks that are kept, with the maximum size of each in bytes. */
  private static final Map<Integer, Integer> KEPT =
      Map.of(
          ACTL,
          8,
          FCTL,
          FrameControl.BYTES,
          EXIF,
          1 << 20,
          TRNS,
          256,
          Chunks.PLTE,
          3 * 256,
          Colorimetry.CICP,
          4,
          Colorimetry.ICCP,
          8 << 20,
          Colorimetry.SRGB,
          1,
          Colorimetry.GAMA,
          4,
          Colorimetry.CHRM,
          32);

  final PngHeader header;
  final byte[] palette;
  final byte @Nullable [] transparency;
  final int orientation;
  final Camera camera;
  final int frames;
  final int plays;
  final @Nullable FrameControl firstFrame; // that of the image, if it is part of an animation
  final Colorimetry colorimetry;
  final Notes notes = new Notes();

  private final Map<Integer, byte[]> data = new HashMap<>();
  private long controlOffset; // of the data of fcTL, if there is one
  private final TextMetadata text = new TextMetadata();

  /** Reads the chunks up to and including the header of the first IDAT. */
  Metadata(Chunks chunks) throws IOException {
    chunks.readSignature();
    header = readHeader(chunks);
    while (true) {
      if (!chunks.next()) {
        throw chunks.malformed("source ends before the image data");
      }
      if (chunks.type == Chunks.IDAT) {
        break;
      }
      keep(chunks);
    }
    palette = paletteOf(chunks);
    transparency = transparencyOf();
    byte[] chunk = data.get(EXIF);
    byte[] exif = chunk == null ? text.exif() : chunk;
    orientation = chunk == null ? text.orientation() : Exif.orientation(SourceBytes.of(chunk));
    camera = exif == null ? Camera.unknown() : Exif.camera(SourceBytes.of(exif));
    byte[] animation = data.get(ACTL);
    byte[] control = data.get(FCTL);
    firstFrame = control == null ? null : firstFrame(control);
    boolean ignored = control != null && firstFrame == null;
    if (animation == null || animation.length < 8 || ignored) {
      frames = 1;
      plays = 1;
    } else {
      frames = Math.max(1, Chunks.u31(animation, 0));
      plays = Math.max(0, Chunks.u31(animation, 4));
    }
    colorimetry = Colorimetry.of(data, header.colorType(), notes);
    data.clear();
  }

  /**
   * Returns the image's own frame control; an image that is a frame must be the first, and cover
   * the canvas.
   */
  private @Nullable FrameControl firstFrame(byte[] bytes) {
    try {
      FrameControl control = FrameControl.parse(bytes, header, controlOffset);
      Placed placed = control.placed();
      if (control.sequence() == 0
          && placed.width() == header.width()
          && placed.height() == header.height()) {
        return control;
      }
      notes.add(Chunks.FORMAT, "animation whose first frame is not the image", "ignored");
    } catch (MalformedImageException e) {
      notes.add(Chunks.FORMAT, "animation with a bad frame: " + e.reason(), "ignored", e.offset());
    }
    return null;
  }

  private static PngHeader readHeader(Chunks chunks) throws IOException {
    boolean any = chunks.next();
    if (any && chunks.type == CGBI) {
      throw new UnsupportedImageException(
          "PNG: converted by Xcode for iPhones (CgBI), which is no longer a valid PNG");
    }
    if (!any || chunks.type != Chunks.IHDR || chunks.left != PngHeader.BYTES) {
      throw chunks.malformed("no IHDR chunk");
    }
    long offset = chunks.offset();
    byte[] bytes = chunks.takeAll();
    checkCrc(chunks);
    return PngHeader.parse(bytes, offset);
  }

  private static void checkCrc(Chunks chunks) throws IOException {
    long offset = chunks.offset();
    if (!chunks.crcMatches()) {
      throw new MalformedImageException(
          Chunks.FORMAT, offset, "CRC error in chunk " + Chunks.name(chunks.type));
    }
  }

  private void keep(Chunks chunks) throws IOException {
    int type = chunks.type;
    String name = Chunks.name(type);
    if (type == Chunks.IEND || type == Chunks.IHDR) {
      throw chunks.malformed("chunk " + name + " before the image data");
    }
    Integer max = KEPT.get(type);
    if (TextMetadata.isText(type) && chunks.left <= TextMetadata.MAX_BYTES) {
      byte[] bytes = chunks.takeAll();
      if (chunks.crcMatches()) {
        text.read(type, bytes);
      }
    } else if (max == null) {
      if (!Chunks.isAncillary(type)) {
        throw new UnsupportedImageException("PNG: critical chunk " + name);
      }
      chunks.skip();
    } else if (chunks.left > max || data.containsKey(type)) {
      boolean palette = type == Chunks.PLTE;
      if (palette) {
        throw chunks.malformed(chunks.left > max ? "palette is too long" : "second palette");
      }
      notes.add(Chunks.FORMAT, name + " too long or repeated", "ignored", chunks.offset());
      chunks.skip();
    } else {
      long offset = chunks.offset();
      byte[] bytes = chunks.takeAll();
      if (!Chunks.isAncillary(type)) {
        checkCrc(chunks);
      } else if (!chunks.crcMatches()) {
        notes.add(Chunks.FORMAT, name + " with a wrong CRC", "ignored", chunks.offset());
        return;
      }
      data.put(type, bytes);
      controlOffset = type == FCTL ? offset : controlOffset;
    }
  }

  private byte[] paletteOf(Chunks chunks) throws IOException {
    if (header.colorType() != ColorType.PALETTE) {
      return new byte[0]; // a suggestion only (11.2.2)
    }
    byte[] bytes = data.get(Chunks.PLTE);
    if (bytes == null || bytes.length == 0 || bytes.length % 3 != 0) {
      throw chunks.malformed(bytes == null ? "no palette" : "palette of broken entries");
    }
    return bytes;
  }

  private byte @Nullable [] transparencyOf() {
    byte[] bytes = data.get(TRNS);
    if (bytes == null) {
      return null;
    }
    int needed =
        switch (header.colorType()) {
          case GRAY -> 2;
          case RGB -> 6;
          case PALETTE -> 1;
          default -> Integer.MAX_VALUE; // not allowed together with an alpha channel
        };
    if (bytes.length < needed) {
      notes.add(Chunks.FORMAT, "tRNS does not suit the color type", "ignored");
      return null;
    }
    return bytes;
  }
}
