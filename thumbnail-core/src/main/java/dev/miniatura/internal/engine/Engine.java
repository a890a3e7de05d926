package dev.miniatura.internal.engine;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.RenderPlan;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.UnsupportedImageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** Follows one source from bytes to thumbnails. */
@SuppressWarnings("DoNotCallSuggester")
public final class Engine {

  private final Limits limits;

  public Engine(Limits limits) {
    this.limits = limits;
  }

  public List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs)
      throws IOException {
    throw new UnsupportedImageException("rendering " + source + specs + limits);
  }

  public BufferedImage renderImage(ImageSource source, ThumbnailSpec spec) throws IOException {
    throw new UnsupportedImageException("rendering " + source + spec + limits);
  }

  public ImageInfo probe(ImageSource source) throws IOException {
    throw new UnsupportedImageException("rendering " + source + limits);
  }

  public RenderPlan plan(ImageSource source, List<ThumbnailSpec> specs) throws IOException {
    throw new UnsupportedImageException("rendering " + source + specs + limits);
  }
}
