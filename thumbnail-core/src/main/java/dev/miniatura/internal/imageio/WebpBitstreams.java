package dev.miniatura.internal.imageio;

import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.imageio.WebpFrames.Data;
import dev.miniatura.internal.imageio.WebpFrames.Frame;
import dev.miniatura.internal.io.InputWindow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;

/**
 * Decodes the bitstreams of an animated WebP: each is handed to the plugin as a still file of its
 * own, after the size in it was found to be the one in the container. Alpha that lies beside a
 * lossy bitstream (RFC 9649, section 2.7.1.2) is read here.
 */
final class WebpBitstreams {

  private static final int LOSSLESS_SIGNATURE = 0x2f;
  private static final int LOSSLESS_HEADER = 5;
  private static final int LOSSY_HEADER = 10;

  private final byte[] bytes;
  private final ImageReader reader;
  private final InputWindow source;
  private final Limits limits;

  WebpBitstreams(byte[] bytes, ImageReader reader, InputWindow source, Limits limits) {
    this.source = source;
    this.bytes = bytes;
    this.reader = reader;
    this.limits = limits;
  }

  /** Receives a frame's rows. */
  interface Rows {
    void row(int y, int[] argb);
  }

  /** Decodes a frame. */
  void decode(Frame frame, Rows rows) throws IOException {
    int width = frame.placed().width();
    int height = frame.placed().height();
    Data data = frame.lossless().isPresent() ? frame.lossless() : frame.lossy();
    checkSize(frame, data);
    byte[] alpha = frame.lossy().isPresent() ? alpha(frame) : new byte[0];
    BufferedImage image =
        read(file(frame.lossless().isPresent() ? "VP8L" : "VP8 ", new byte[0], data));
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; alpha.length > 0 && x < width; x++) {
        row[x] = alpha[y * width + x] << 24 | (row[x] & 0xffffff);
      }
      rows.row(y, row);
    }
  }

  private void checkSize(Frame frame, Data data) throws MalformedImageException {
    boolean lossless = frame.lossless().isPresent();
    if (data.end() - data.start() < (lossless ? LOSSLESS_HEADER : LOSSY_HEADER)) {
      throw new MalformedImageException("WEBP", data.start(), "frame has no image data");
    }
    if (Math.max(data.end(), frame.alpha().end()) > bytes.length) {
      throw new MalformedImageException("WEBP", bytes.length, "source ends within a frame");
    }
    int width;
    int height;
    if (lossless) {
      int sizes = (int) WebpFrames.u32(bytes, data.start() + 1);
      width = 1 + (sizes & 0x3fff);
      height = 1 + (sizes >>> 14 & 0x3fff);
    } else {
      width = WebpFrames.u16(bytes, data.start() + 6) & 0x3fff;
      height = WebpFrames.u16(bytes, data.start() + 8) & 0x3fff;
    }
    if (width != frame.placed().width() || height != frame.placed().height()) {
      throw new MalformedImageException(
          "WEBP", data.start(), "image data of another size than its frame");
    }
  }

  private BufferedImage read(byte[] file) throws IOException {
    return PluginCall.guarded(
        "WEBP",
        limits,
        () -> {
          reader.setInput(new PluginInput(file, source), false, true);
          return reader.read(0, null);
        });
  }

  /** Makes a still file of one chunk: a prefix, then bytes of the source. */
  private byte[] file(String chunk, byte[] prefix, Data data) {
    int size = prefix.length + data.end() - data.start();
    int padded = size + (size & 1);
    return ByteBuffer.allocate(20 + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(12 + padded)
        .put(("WEBP" + chunk).getBytes(StandardCharsets.US_ASCII))
        .putInt(size)
        .put(prefix)
        .put(bytes, data.start(), data.end() - data.start())
        .array();
  }

  /** Reads the frame's alpha, one byte per pixel; none if it has none. */
  private byte[] alpha(Frame frame) throws IOException {
    Data data = frame.alpha();
    if (!data.isPresent()) {
      return new byte[0];
    }
    int width = frame.placed().width();
    int height = frame.placed().height();
    int flags = bytes[data.start()];
    Data coded = new Data(data.start() + 1, data.end());
    byte[] alpha = new byte[width * height];
    if ((flags & 3) == 0) {
      if (coded.end() - coded.start() < alpha.length) {
        throw new MalformedImageException("WEBP", coded.end(), "alpha ends early");
      }
      System.arraycopy(bytes, coded.start(), alpha, 0, alpha.length);
    } else if ((flags & 3) == 1) {
      readGreen(coded, width, height, alpha);
    } else {
      throw new MalformedImageException("WEBP", data.start(), "unknown compression of alpha");
    }
    unfilter(flags >> 2 & 3, alpha, width);
    return alpha;
  }

  /** Compressed alpha is the green of a lossless bitstream without its header. */
  private void readGreen(Data data, int width, int height, byte[] alpha) throws IOException {
    byte[] header =
        ByteBuffer.allocate(LOSSLESS_HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) LOSSLESS_SIGNATURE)
            .putInt((width - 1) | (height - 1) << 14)
            .array();
    BufferedImage image = read(file("VP8L", header, data));
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        alpha[y * width + x] = (byte) (row[x] >> 8);
      }
    }
  }

  /** Adds what each value was predicted to be: 1 from the left, 2 from above, 3 from both. */
  private static void unfilter(int filter, byte[] alpha, int width) {
    for (int i = 1; filter > 0 && i < alpha.length; i++) {
      int above = i < width ? -1 : alpha[i - width] & 0xff;
      int left = i % width == 0 ? -1 : alpha[i - 1] & 0xff;
      int predicted;
      if (left < 0 || above < 0) {
        predicted = Math.max(left, above);
      } else if (filter == 3) {
        int corner = alpha[i - width - 1] & 0xff;
        predicted = Math.max(0, Math.min(255, left + above - corner));
      } else {
        predicted = filter == 1 ? left : above;
      }
      alpha[i] = (byte) (alpha[i] + predicted);
    }
  }
}
