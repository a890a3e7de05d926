package dev.miniatura.internal.imageio;

import dev.miniatura.internal.gif.FrameReader;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.PixelRows;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Has the JDK's reader decompress the frames of a GIF. */
public final class GifPlugin implements FrameReader {

  private final ImageReader reader;
  private final PluginInput in;

  public GifPlugin(SourceBytes bytes, Deadline deadline) throws IOException {
    in = new PluginInput(bytes, deadline);
    reader = Plugins.require(Container.GIF, in);
    in.feed(reader);
  }

  @Override
  public void read(int frame, int width, int height, PixelRows rows) throws IOException {
    ImageReadParam part = reader.getDefaultReadParam();
    part.setSourceRegion(new Rectangle(width, height));
    BufferedImage picture = PluginCall.guarded(Container.GIF, in, () -> reader.read(frame, part));
    ArgbRows.push(picture, width, height, rows);
  }
}
