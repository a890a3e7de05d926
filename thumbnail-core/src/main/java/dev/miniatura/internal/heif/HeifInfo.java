package dev.miniatura.internal.heif;

import dev.miniatura.internal.codec.ColorDescription;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.heif.Content.Overlay;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ImageHeader;
import java.io.IOException;
import java.util.Arrays;

/** The information about a picture in the boxes of its file, without any codec. */
final class HeifInfo {

  /** The maximum number of bytes of EXIF data read: the camera and the date are at its start. */
  private static final int MAX_EXIF = 64 << 10;

  private static final int UNKNOWN_DEPTH = 8;

  private HeifInfo() {}

  /** Describes a picture. */
  static ImageHeader of(HeifFile file, Picture picture) throws IOException {
    Placement placement = picture.placement();
    CodedFormat format = picture.content().format();
    ColorDescription nclx = picture.colors().nclx();
    boolean rgb =
        nclx != null && nclx.matrix() == 0 && !picture.formatName().equals(Container.HEIF.name());
    return ImageHeader.of(
            picture.formatName(),
            placement.codedWidth(),
            placement.codedHeight(),
            format == null ? FourCc.name(picture.content().codec()) : format.inWords(rgb),
            format == null ? UNKNOWN_DEPTH : format.bitDepth())
        .orientation(placement.orientation())
        .frames(frames(file))
        .alpha(isTransparent(picture))
        .iccProfile(picture.colors().iccProfile() != null)
        .camera(camera(file))
        .build();
  }

  private static boolean isTransparent(Picture picture) {
    return picture.content() instanceof Overlay overlay
        ? OverlayDecoding.isTransparent(overlay)
        : picture.alpha() != null;
  }

  private static int frames(HeifFile file) {
    Track track = file.isSequence() ? file.pictures() : null;
    return track == null ? 1 : (int) Math.min(Integer.MAX_VALUE, track.samples());
  }

  /**
   * Returns the camera from EXIF data, which begins with the distance to the TIFF header (clause
   * A.2.1).
   */
  private static Camera camera(HeifFile file) throws IOException {
    Item item = PictureReader.exif(file);
    if (item == null || item.construction > 1) {
      return Camera.unknown();
    }
    byte[] data = ItemData.read(file, item, MAX_EXIF);
    BoxReader in = new BoxReader(SourceBytes.of(data), 0, data.length);
    if (data.length < 4) {
      return Camera.unknown();
    }
    long start = 4 + in.u32();
    return start > data.length
        ? Camera.unknown()
        : Exif.camera(SourceBytes.of(Arrays.copyOfRange(data, (int) start, data.length)));
  }
}
