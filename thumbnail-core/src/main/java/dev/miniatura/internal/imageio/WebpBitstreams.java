package dev.miniatura.internal.imageio;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.imageio.WebpFrames.Frame;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.webp.Chunk;
import dev.miniatura.internal.webp.LosslessReader;
import dev.miniatura.internal.webp.LossyFrame;
import dev.miniatura.internal.webp.PixelRows;
import dev.miniatura.internal.webp.Riff;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the bitstreams of an animated WebP, after the size in them was found to be the one in the
 * container. Each lossless one is handed to the plugin as a still file of its own, and so is the
 * compressed alpha of lossy ones.
 */
final class WebpBitstreams implements LosslessReader {

  private static final int LOSSLESS_SIGNATURE = 0x2f;
  private static final int LOSSLESS_HEADER = 5;

  private final SourceBytes source;
  private final ImageReader reader;
  private final Deadline deadline;
  private byte @Nullable [] bytes;

  WebpBitstreams(SourceBytes source, ImageReader reader, Deadline deadline) {
    this.source = source;
    this.reader = reader;
    this.deadline = deadline;
  }

  /** The whole file, from the first frame on. */
  private byte[] bytes() throws IOException {
    byte[] all = bytes == null ? source.all() : bytes;
    bytes = all;
    return all;
  }

  /** Decodes a frame. */
  void decode(Frame frame, PixelRows rows, Notes notes) throws IOException {
    byte[] bytes = bytes();
    boolean lossless = frame.lossless().isPresent();
    Chunk data = lossless ? frame.lossless() : frame.lossy();
    if (!data.complete() || !frame.alpha().complete()) {
      throw new MalformedImageException("WEBP", bytes.length, "source ends within a frame");
    }
    if (!lossless) {
      LossyFrame lossy = LossyFrame.read(bytes, data, frame.alpha());
      checkSize(frame, data, lossy.width(), lossy.height());
      lossy.decode(rows, this, deadline, notes);
      return;
    }
    if (data.size() < LOSSLESS_HEADER) {
      throw new MalformedImageException("WEBP", data.start(), "frame has no image data");
    }
    int sizes = (int) Riff.u32(bytes, data.start() + 1);
    checkSize(frame, data, 1 + (sizes & 0x3fff), 1 + (sizes >>> 14 & 0x3fff));
    BufferedImage image = read(new byte[0], bytes, data);
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      rows.row(y, row);
    }
  }

  private static void checkSize(Frame frame, Chunk data, int width, int height)
      throws MalformedImageException {
    if (width != frame.placed().width() || height != frame.placed().height()) {
      throw new MalformedImageException(
          "WEBP", data.start(), "image data of another size than its frame");
    }
  }

  /** Compressed alpha is the green of a lossless bitstream without its header. */
  @Override
  public void readGreen(byte[] bytes, Chunk data, int width, int height, byte[] green)
      throws IOException {
    byte[] header =
        ByteBuffer.allocate(LOSSLESS_HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) LOSSLESS_SIGNATURE)
            .putInt((width - 1) | (height - 1) << 14)
            .array();
    BufferedImage image = read(header, bytes, data);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        green[y * width + x] = (byte) (row[x] >> 8);
      }
    }
  }

  /** Decodes a lossless bitstream: a prefix, then bytes of the source. */
  private BufferedImage read(byte[] prefix, byte[] bytes, Chunk data) throws IOException {
    int size = prefix.length + data.size();
    int padded = size + (size & 1);
    byte[] file =
        ByteBuffer.allocate(20 + padded)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RIFF".getBytes(StandardCharsets.US_ASCII))
            .putInt(12 + padded)
            .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
            .putInt(size)
            .put(prefix)
            .put(bytes, data.start(), data.size())
            .array();
    PluginInput in = new WebpInput(SourceBytes.of(file), -1, deadline);
    in.feed(reader);
    return PluginCall.guarded("WEBP", in, () -> reader.read(0, null));
  }
}
