package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Writes the pictures of the {@code samples} folder: {@code SampleImages FOLDER}. */
public final class SampleImages {

  private static final int FRAMES = 24;

  /** Where the animation starts: its first frame is what a thumbnail shows. */
  private static final double NOON = 0.40;

  private SampleImages() {}

  /** Writes all samples to the folder named by the only argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, Supplier<byte[]>> sample : all().entrySet()) {
      Files.write(folder.resolve(sample.getKey()), sample.getValue().get());
    }
  }

  /** Returns file names and how to make each file. */
  static Map<String, Supplier<byte[]>> all() {
    Map<String, Supplier<byte[]>> samples = new LinkedHashMap<>();
    samples.put("landscape.jpg", SampleImages::landscape);
    samples.put("portrait-orientation-6.jpg", SampleImages::portrait);
    samples.put("wide-panorama.jpg", SampleImages::panorama);
    samples.put("progressive.jpg", SampleImages::progressive);
    samples.put("still-life.jpg", SampleImages::stillLife);
    samples.put("display-p3.jpg", SampleImages::displayP3);
    samples.put("cmyk.jpg", SampleImages::cmyk);
    samples.put("transparent-logo.png", SampleImages::logo);
    samples.put("sixteen-bit.png", SampleImages::sixteenBit);
    samples.put("palette.png", SampleImages::palette);
    samples.put("animated.gif", SampleImages::animated);
    samples.put("animated.webp", SampleImages::animatedWebp);
    samples.put("animated.png", SampleImages::animatedPng);
    samples.put("rotated.webp", SampleImages::rotated);
    samples.put("scan.tiff", SampleImages::scan);
    return samples;
  }

  private static byte[] landscape() {
    return JpegMaker.of(Landscapes.lake(2400, 1600))
        .exif(ExifMaker.littleEndian().gps().bytes())
        .quality(80)
        .bytes();
  }

  private static byte[] portrait() {
    return JpegMaker.of(TestImages.stored(Drawings.balloons(1200, 1600), 6))
        .orientation(6)
        .quality(82)
        .bytes();
  }

  private static byte[] panorama() {
    return JpegMaker.of(Landscapes.dunes(4000, 1000)).quality(80).bytes();
  }

  private static byte[] progressive() {
    return JpegMaker.of(Landscapes.aurora(1800, 1200)).quality(80).progressive().bytes();
  }

  private static byte[] stillLife() {
    return JpegMaker.of(StillLifes.balls(1500, 1000))
        .sampling(1, 1)
        .quality(82)
        .restartInterval(188)
        .bytes();
  }

  private static byte[] displayP3() {
    return JpegMaker.of(StillLifes.tulips(1200, 800))
        .icc(IccProfiles.displayP3())
        .quality(84)
        .bytes();
  }

  private static byte[] cmyk() {
    return JpegMaker.of(StillLifes.citrus(900, 600))
        .color(JpegMaker.Color.YCCK)
        .quality(84)
        .bytes();
  }

  private static byte[] logo() {
    return PngMaker.of(Drawings.emblem(512)).bytes();
  }

  private static byte[] sixteenBit() {
    return PngMaker.of(Landscapes.afterglow(360, 240)).bytes();
  }

  private static byte[] palette() {
    return PngMaker.of(Drawings.skyline(640, 400)).color(PngMaker.Color.PALETTE, 8).bytes();
  }

  private static byte[] animated() {
    GifMaker maker = GifMaker.canvas(240, 160).loops(0).maxColors(32);
    for (int frame = 0; frame < FRAMES; frame++) {
      maker.frame(Drawings.day(240, 160, NOON + (double) frame / FRAMES));
    }
    return maker.bytes();
  }

  private static byte[] animatedWebp() {
    BufferedImage emblem = Drawings.emblem(80);
    WebpMaker maker = WebpMaker.canvas(176, 80);
    for (int frame = 0; frame < 12; frame++) {
      maker.frame(emblem, 4 * Math.min(2 * frame, 24 - 2 * frame), 0, 80, false, true);
    }
    return maker.bytes();
  }

  private static byte[] animatedPng() {
    ApngMaker maker = ApngMaker.like(Drawings.skyline(160, 100)).hidden(Drawings.skyline(160, 100));
    maker.frame(Drawings.skyline(160, 100), 0, 0, 1, 10, ApngMaker.Disposal.KEEP, false);
    BufferedImage ball = new BufferedImage(12, 12, BufferedImage.TYPE_INT_RGB);
    ball.createGraphics().drawImage(Drawings.emblem(12), 0, 0, null);
    for (int frame = 1; frame < 16; frame++) {
      maker.frame(ball, 9 * frame, 4 + frame * 2, 1, 10, ApngMaker.Disposal.RESTORE, false);
    }
    return maker.bytes();
  }

  private static byte[] rotated() {
    BufferedImage upright = Drawings.day(600, 400, 0.38);
    return WebpMaker.of(TestImages.stored(upright, 8)).orientation(8).bytes();
  }

  private static byte[] scan() {
    return TiffMaker.of(Drawings.page(1240, 1754))
        .color(TiffMaker.Color.GRAY, 8)
        .compression(TiffMaker.Compression.DEFLATE)
        .rowsPerStrip(64)
        .bytes();
  }
}
