package dev.miniatura.internal.heif;

import dev.miniatura.ImageInfo;
import dev.miniatura.Limits;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import java.io.IOException;

/** Decodes the picture of a HEIF file, HEIC and AVIF among them. */
public final class HeifDecoder implements ImageDecoder {

  private final HeifFile file;
  private final Picture picture;
  private final ImageInfo info;

  private HeifDecoder(HeifFile file, Picture picture, ImageInfo info) {
    this.file = file;
    this.picture = picture;
    this.info = info;
  }

  /** Reads the boxes of a file. */
  public static HeifDecoder open(SourceBytes bytes, Deadline deadline, Limits limits)
      throws IOException {
    HeifFile file = HeifFile.read(bytes);
    Picture picture = PictureReader.read(file);
    return new HeifDecoder(file, picture, HeifInfo.of(file, picture));
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    String type = FourCc.name(picture.content().codec());
    throw new UnsupportedImageException("HEIF: pictures of type '" + type + "'");
  }

  @Override
  public long heldOfSource() throws IOException {
    return file.bytes.heldBytes();
  }
}
