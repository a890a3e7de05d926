package dev.miniatura.internal.imageio;

import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.PixelRows;
import dev.miniatura.internal.webp.Chunk;
import dev.miniatura.internal.webp.LosslessReader;
import dev.miniatura.internal.webp.WebpContents;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Has a plugin decode lossless bitstreams, each of which is handed to it as a still file of its
 * own.
 */
public final class WebpPlugin implements LosslessReader {

  private static final int SIGNATURE = 0x2f;
  private static final int HEADER = 5;

  private final SourceBytes source;
  private final Deadline deadline;
  private @Nullable ImageReader reader;

  public WebpPlugin(SourceBytes source, Deadline deadline) {
    this.source = source;
    this.deadline = deadline;
  }

  /** Lossy files are decoded without the plugin, and need not have it. */
  private ImageReader reader() throws IOException {
    ImageReader known = reader;
    if (known == null) {
      known = Plugins.require(Container.WEBP, new PluginInput(source, deadline));
      reader = known;
    }
    return known;
  }

  @Override
  public ImageDecoder openStill(WebpContents contents) throws IOException {
    WebpInput in = new WebpInput(source, contents.flags(), deadline);
    return ImageIoDecoder.readHeader(Container.WEBP, source, in, reader());
  }

  @Override
  public void readPixels(byte[] bytes, Chunk data, PixelRows rows) throws IOException {
    BufferedImage image = read(new byte[0], bytes, data);
    ArgbRows.push(image, image.getWidth(), image.getHeight(), rows);
  }

  @Override
  public void readGreen(byte[] bytes, Chunk data, int width, int height, byte[] green)
      throws IOException {
    byte[] header =
        ByteBuffer.allocate(HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) SIGNATURE)
            .putInt((width - 1) | (height - 1) << 14)
            .array();
    ArgbRows.push(
        read(header, bytes, data),
        width,
        height,
        (y, argb) -> {
          for (int x = 0; x < width; x++) {
            green[y * width + x] = (byte) (argb[x] >> 8);
          }
        });
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
    ImageReader plugin = reader();
    in.feed(plugin);
    return PluginCall.guarded(Container.WEBP, in, () -> plugin.read(0, null));
  }
}
