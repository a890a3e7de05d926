package dev.miniatura.internal.av1;

import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.CodecConfiguration;
import dev.miniatura.internal.codec.CodedBytes;
import dev.miniatura.internal.codec.PictureHeader;
import dev.miniatura.internal.codec.PictureOptions;
import dev.miniatura.internal.codec.PictureSink;
import dev.miniatura.internal.codec.StillPictureDecoder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the pictures of items.
 *
 * @param sequence the header in {@code av1C}, if it has one
 */
record Av1PictureDecoder(CodecConfiguration configuration, @Nullable SequenceHeader sequence)
    implements StillPictureDecoder {

  @Override
  public PictureHeader header(CodedBytes start)
      throws MalformedImageException, UnsupportedImageException {
    Av1Options options = Av1Options.exact(configuration, Limits.defaults());
    try {
      FrameDecoder exact = Av1Decoder.headers(start, sequence, options);
      FrameDecoder unfiltered = Av1Decoder.headers(start, sequence, options.withoutFilters());
      return new PictureHeader(exact.format(), exact.workingBytes(), unfiltered.workingBytes());
    } catch (MalformedImageException e) {
      throw atPosition(e, start);
    }
  }

  @Override
  public void decode(CodedBytes item, PictureOptions options, PictureSink sink) throws IOException {
    Av1Options chosen = Av1Options.of(configuration, options);
    try {
      Av1Decoder.picture(item, sequence, chosen).decode(sink);
    } catch (MalformedImageException e) {
      throw atPosition(e, item);
    }
  }

  /** Converts an index in an array to the position in the source. */
  static MalformedImageException atPosition(MalformedImageException e, CodedBytes bytes) {
    if (!e.format().equals("AV1") || e.offset() < 0) {
      return e;
    }
    long position = e.offset() - bytes.start() + bytes.position();
    return new MalformedImageException("AV1", position, e.reason());
  }
}
