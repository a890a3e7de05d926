package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miniatura.BusyException;
import dev.miniatura.ImageInfos;
import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.OutputFormat;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.raster.ImageHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Renders texts: the thumbnail of {@code png flower} is a PNG whose bytes contain the text and the
 * spec; some words cause errors.
 */
final class FakeRenderer implements Work.Renderer {

  final AtomicInteger decodes = new AtomicInteger();

  @Override
  public List<Thumbnail> renderAll(ImageSource source, List<ThumbnailSpec> specs)
      throws IOException {
    decodes.incrementAndGet();
    String text;
    try (InputStream stream = source.open()) {
      text = new String(stream.readAllBytes(), UTF_8);
    }
    switch (text) {
      case "malformed" -> throw new MalformedImageException("JPEG", 2, "no start of image");
      case "unsupported" -> throw new UnsupportedImageException("JPEG: hierarchical");
      case "huge" -> throw new LimitExceededException(Limits.Kind.PIXELS, 10, 11);
      case "busy" -> throw new BusyException("all memory is in use");
      case "memory" -> throw new OutOfMemoryError("Java heap space");
      case "overflow" -> throw new StackOverflowError();
      case "bug" -> throw new IllegalStateException("bug");
      default -> {}
    }
    String format = text.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    List<Thumbnail> thumbnails = new ArrayList<>();
    for (ThumbnailSpec spec : specs) {
      thumbnails.add(
          new Thumbnail(
              (text + " as " + spec).getBytes(UTF_8),
              spec.width().orElse(1),
              spec.height().orElse(1),
              spec.format().orElse(OutputFormat.named(format.toLowerCase(Locale.ROOT))),
              ImageInfos.of(ImageHeader.of(format, 100, 50, "RGB", 8).build()),
              text.contains("noted") ? List.of("a profile was ignored") : List.of()));
    }
    return thumbnails;
  }
}
