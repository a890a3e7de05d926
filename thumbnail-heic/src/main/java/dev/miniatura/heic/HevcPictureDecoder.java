package dev.miniatura.heic;

import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.CodedBytes;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.codec.PictureHeader;
import dev.miniatura.internal.codec.PictureOptions;
import dev.miniatura.internal.codec.PictureSink;
import dev.miniatura.internal.codec.StillPictureDecoder;
import dev.miniatura.internal.io.Deadline;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes the pictures of items. */
final class HevcPictureDecoder implements StillPictureDecoder {

  private final DecoderConfiguration configuration;
  private @Nullable HevcDecoder decoder;
  private @Nullable Limits limits; // of the decoder

  HevcPictureDecoder(DecoderConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public PictureHeader header(CodedBytes start)
      throws MalformedImageException, UnsupportedImageException {
    return decoder(Limits.defaults()).header(configuration.units(start, true));
  }

  @Override
  public void decode(CodedBytes item, PictureOptions options, PictureSink sink) throws IOException {
    boolean filters = options.filters();
    PictureSink timed = new TimedSink(sink, options.deadline());
    decoder(options.limits()).decode(configuration.units(item, false), filters, filters, timed);
  }

  private HevcDecoder decoder(Limits bounds)
      throws MalformedImageException, UnsupportedImageException {
    HevcDecoder current = decoder;
    if (current == null || !bounds.equals(limits)) {
      current = new HevcDecoder(bounds);
      current.parameterSets(configuration.parameterSets());
      decoder = current;
      limits = bounds;
    }
    return current;
  }

  /**
   * Checks the deadline when rows arrive, which is for every row of coding tree blocks, or of
   * tiles.
   */
  private record TimedSink(PictureSink sink, Deadline deadline) implements PictureSink {

    @Override
    public void begin(PictureFormat format) throws IOException {
      deadline.check();
      sink.begin(format);
    }

    @Override
    public void rows(int component, int y, int count, short[] samples, int offset, int stride)
        throws IOException {
      deadline.check();
      sink.rows(component, y, count, samples, offset, stride);
    }
  }
}
