package dev.miniatura.internal.webp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Writes files by our encoders, and beside each what it decodes to, for {@code scripts/check-webp}
 * to compare with libwebp: of each picture a lossy file with its planes, and a lossless one with
 * its pixels. Sizes are 1 to 70 pixels a side, qualities 0 to 100, efforts 0 to 6. Pictures are
 * made, or come from the images in a folder, scaled to such sizes.
 */
public final class WebpFiles {

  private static final int MOST = 70;

  private WebpFiles() {}

  /** Takes a folder, how many files to write, the number of the first, and a folder of images. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    List<Path> sources = args.length > 3 ? files(Path.of(args[3])) : List.of();
    int first = Integer.parseInt(args[2]);
    for (int i = first; i < first + Integer.parseInt(args[1]); i++) {
      Random random = new Random(i);
      int width = 1 + random.nextInt(MOST);
      int height = 1 + random.nextInt(MOST);
      LossyWebpOptions options = new LossyWebpOptions(random.nextInt(101), random.nextInt(7), null);
      Raster picture =
          sources.isEmpty()
              ? EncodedPictures.random(width, height, i)
              : scaled(sources.get(i % sources.size()), width, height);
      if (random.nextInt(3) == 0) {
        picture = withAlpha(picture, random);
      }
      writeLossy(folder, i, picture, LossyWebpEncoder.encode(picture, options));
      Files.write(
          folder.resolve(i + "-lossless.webp"),
          LosslessWebpEncoder.encode(picture, Optional.empty()));
      Files.write(folder.resolve(i + "-lossless.pam"), pam(picture));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Images that cannot be opened are noise. */
  private static Raster scaled(Path source, int width, int height) throws IOException {
    try {
      BufferedImage image =
          Thumbnailer.create()
              .renderImage(
                  ImageSource.of(source),
                  ThumbnailSpec.parse("stretch:%dx%d".formatted(width, height)));
      Raster raster = Raster.withAlpha(width, height, ColorKind.RGB);
      int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
      for (int i = 0; i < argb.length; i++) {
        for (int c = 0; c < 4; c++) {
          raster.channel(c)[i] = (byte) (argb[i] >> (c == 3 ? 24 : 16 - 8 * c));
        }
      }
      return raster;
    } catch (ThumbnailException e) {
      return EncodedPictures.random(width, height, 0);
    }
  }

  private static Raster withAlpha(Raster picture, Random random) {
    Raster raster = Raster.withAlpha(picture.width(), picture.height(), ColorKind.RGB);
    for (int c = 0; c < 3; c++) {
      System.arraycopy(picture.channel(c), 0, raster.channel(c), 0, picture.channel(c).length);
    }
    byte[] alpha = raster.channel(3);
    Arrays.fill(alpha, (byte) random.nextInt(256));
    int kind = random.nextInt(3);
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = kind == 0 ? (byte) random.nextInt() : kind == 1 ? (byte) (3 * i) : alpha[i];
    }
    return raster;
  }

  /**
   * Writes a file, and its planes as {@code dwebp -yuv} does: alpha, which is exact, is the last.
   */
  private static void writeLossy(Path folder, int number, Raster picture, byte[] file)
      throws IOException {
    Chunk frame = WebpContents.read(SourceBytes.of(file)).lossy();
    byte[] vp8 = Arrays.copyOfRange(file, frame.start(), frame.end());
    ByteArrayOutputStream planes = new ByteArrayOutputStream();
    planes.writeBytes(Planes.decode(vp8).samples());
    if (WebpContents.read(SourceBytes.of(file)).alpha().isPresent()) {
      planes.writeBytes(picture.channel(3));
    }
    Files.write(folder.resolve(number + ".webp"), file);
    Files.write(folder.resolve(number + ".yuv"), planes.toByteArray());
  }

  /** Returns a picture as {@code dwebp -pam} writes it. */
  private static byte[] pam(Raster picture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head = "P7\nWIDTH %d\nHEIGHT %d\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n";
    out.writeBytes(head.formatted(picture.width(), picture.height()).getBytes(US_ASCII));
    for (int argb : LosslessWebpEncoder.argb(picture)) {
      out.write(argb >> 16);
      out.write(argb >> 8);
      out.write(argb);
      out.write(argb >>> 24);
    }
    return out.toByteArray();
  }
}
