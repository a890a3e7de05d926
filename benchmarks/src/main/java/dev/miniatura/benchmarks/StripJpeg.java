package dev.miniatura.benchmarks;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes JPEG files of any height with little memory and time: one strip of 16 rows is compressed by
 * the JDK, and its entropy-coded data is repeated, each time after a restart marker. A restart
 * resets everything (T.81, E.1.4: predictors and the end-of-band run), so that every strip decodes
 * to the same rows. In a progressive file, each scan is repeated separately.
 */
final class StripJpeg {

  /** Rows of a strip: one row of MCUs of a 4:2:0 picture. */
  private static final int ROWS = 16;

  private static final float QUALITY = 0.9f;
  private static final int SOF0 = 0xc0;
  private static final int SOF2 = 0xc2;
  private static final int RST0 = 0xd0;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DRI = 0xdd;

  private final byte[] strip;
  private final int width;
  private final int strips;

  /**
   * @param width width in pixels, a multiple of 16
   * @param height height in pixels, a multiple of 16
   */
  StripJpeg(int width, int height, boolean progressive) throws IOException {
    if (width % ROWS != 0 || height % ROWS != 0) {
      throw new IllegalArgumentException("only whole MCUs");
    }
    this.width = width;
    strips = height / ROWS;
    strip = compress(painted(width), progressive);
  }

  /** Writes the file. */
  void write(OutputStream out) throws IOException {
    out.write(strip, 0, 2);
    int at = 2;
    while (marker(at) != EOI) {
      int end = at + 2 + u16(at + 2);
      if (marker(at) == SOS) {
        int dataEnd = endOfData(end);
        writeScan(out, at, end, dataEnd);
        end = dataEnd;
      } else if (marker(at) == SOF0 || marker(at) == SOF2) {
        byte[] header = Arrays.copyOfRange(strip, at, end);
        header[5] = (byte) ((strips * ROWS) >> 8);
        header[6] = (byte) (strips * ROWS);
        out.write(header);
      } else {
        out.write(strip, at, end - at);
      }
      at = end;
    }
    out.write(new byte[] {(byte) 0xff, (byte) EOI});
  }

  /** Writes the restart interval that a strip has in this scan, and the scan over all strips. */
  private void writeScan(OutputStream out, int header, int data, int dataEnd) throws IOException {
    int components = strip[header + 4];
    boolean luma = strip[header + 5] == 1;
    int mcus = width / ROWS;
    int interval = components == 1 && luma ? 4 * mcus : mcus; // a lone component counts blocks
    out.write(new byte[] {(byte) 0xff, (byte) DRI, 0, 4, (byte) (interval >> 8), (byte) interval});
    out.write(strip, header, data - header);
    for (int i = 0; i < strips; i++) {
      if (i > 0) {
        out.write(new byte[] {(byte) 0xff, (byte) (RST0 + (i - 1) % 8)});
      }
      out.write(strip, data, dataEnd - data);
    }
  }

  private int endOfData(int from) {
    int at = from;
    while (strip[at] != (byte) 0xff || strip[at + 1] == 0) {
      at++;
    }
    return at;
  }

  private int marker(int at) {
    return strip[at + 1] & 0xff;
  }

  private int u16(int at) {
    return (strip[at] & 0xff) << 8 | (strip[at + 1] & 0xff);
  }

  /** Paints slopes with grain, which compress about as well as a photo. */
  private static BufferedImage painted(int width) {
    BufferedImage image = new BufferedImage(width, ROWS, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < width; x++) {
        int level = (int) (128 + 80 * Math.sin(x * 0.013) + 20 * random.nextGaussian());
        int gray = Math.max(0, Math.min(255, level));
        image.setRGB(x, y, gray << 16 | (255 - gray) << 8 | x * 255 / width);
      }
    }
    return image;
  }

  private static byte[] compress(BufferedImage image, boolean progressive) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      param.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
