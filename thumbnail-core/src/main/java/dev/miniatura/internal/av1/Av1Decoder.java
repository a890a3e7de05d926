package dev.miniatura.internal.av1;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.CodedBytes;
import org.jspecify.annotations.Nullable;

/**
 * Decodes still pictures of AV1 (AV1 Bitstream and Decoding Process Specification, version 1.0.0
 * with errata 1): key frames and intra-only frames of any profile.
 *
 * <p>Frames that are predicted from others cause an {@link UnsupportedImageException}; invalid
 * syntax causes a {@link MalformedImageException}, whose offset is an index in the array. Tiles
 * that end early are decoded as if zeros followed.
 */
final class Av1Decoder {

  private static final int OBU_SEQUENCE_HEADER = 1;
  private static final int OBU_FRAME_HEADER = 3;
  private static final int OBU_TILE_GROUP = 4;
  private static final int OBU_FRAME = 6;
  private static final int OBU_REDUNDANT_FRAME_HEADER = 7;

  private final byte[] bytes;
  private final int end;
  private final Av1Options options;
  private final boolean headersOnly;
  private int position;
  private @Nullable SequenceHeader sequence;
  private @Nullable FrameHeader frame;
  private int[] tileStarts = {};
  private int[] tileEnds = {};
  private int tiles;
  private int spatialId;
  private final @Nullable FrameDecoder[] references = new @Nullable FrameDecoder[8];

  private Av1Decoder(
      CodedBytes item, @Nullable SequenceHeader sequence, Av1Options options, boolean headersOnly) {
    bytes = item.array();
    position = item.start();
    end = item.end();
    this.sequence = sequence;
    this.options = options;
    this.headersOnly = headersOnly;
  }

  /**
   * Finds the sequence header among OBUs.
   *
   * @return null if there is none
   */
  static @Nullable SequenceHeader sequenceHeader(CodedBytes units, Av1Options options)
      throws MalformedImageException, UnsupportedImageException {
    Av1Decoder decoder = new Av1Decoder(units, null, options, true);
    while (decoder.position < decoder.end) {
      decoder.readObu();
    }
    return decoder.sequence;
  }

  /**
   * Returns the first shown picture, ready to be decoded: that of the chosen layer, or of the
   * highest layer in the first temporal unit.
   *
   * @param item OBUs, each with its size
   * @param sequence the header that applies until the item has one of its own
   */
  static FrameDecoder picture(
      CodedBytes item, @Nullable SequenceHeader sequence, Av1Options options)
      throws MalformedImageException, UnsupportedImageException {
    return new Av1Decoder(item, sequence, options, false).find();
  }

  /**
   * Returns the same picture with only its headers, which cannot be decoded. The item may end
   * early.
   */
  static FrameDecoder headers(
      CodedBytes item, @Nullable SequenceHeader sequence, Av1Options options)
      throws MalformedImageException, UnsupportedImageException {
    return new Av1Decoder(item, sequence, options, true).find();
  }

  /** Finds the frame to deliver. */
  private FrameDecoder find() throws MalformedImageException, UnsupportedImageException {
    FrameDecoder shown = null;
    while (position < end) {
      FrameDecoder next = readObu();
      if (next != null) {
        shown = next;
        int layers = layers();
        int wanted = options.layer() >= 0 ? Math.min(options.layer(), layers - 1) : layers - 1;
        if (spatialId >= wanted) {
          break;
        }
      }
    }
    if (shown == null) {
      throw new MalformedImageException("AV1", end, "no frame is shown");
    }
    return shown;
  }

  /** Returns the number of spatial layers of the operating point. */
  private int layers() {
    int mask = operatingPoint() >> 8;
    return mask == 0 ? 1 : 32 - Integer.numberOfLeadingZeros(mask);
  }

  private int operatingPoint() {
    SequenceHeader header = sequence;
    if (header == null) {
      return 0;
    }
    int[] points = header.operatingPoints;
    return points[Math.min(options.operatingPoint(), points.length - 1)];
  }

  /** Reads one OBU (clause 5.3); returns the frame that it completes, if that frame is shown. */
  private @Nullable FrameDecoder readObu()
      throws MalformedImageException, UnsupportedImageException {
    BitReader in = new BitReader(bytes, position, end);
    if (in.flag()) {
      throw in.malformed("obu_forbidden_bit");
    }
    int type = in.bits(4);
    boolean extension = in.flag();
    boolean hasSize = in.flag();
    in.bit();
    int temporalId = extension ? in.bits(3) : 0;
    int spatial = extension ? in.bits(2) : 0;
    if (extension) {
      in.bits(3);
    }
    int size = hasSize ? in.leb128() : end - in.offset();
    int start = in.offset();
    if (size > end - start && !headersOnly) {
      throw in.malformed("OBU of " + size + " bytes ends after the data");
    }
    position = start + Math.min(size, end - start);
    int point = operatingPoint();
    if (type != OBU_SEQUENCE_HEADER && type != 2 && point != 0 && extension) {
      if ((point >> temporalId & 1) == 0 || (point >> (spatial + 8) & 1) == 0) {
        return null;
      }
    }
    BitReader payload = new BitReader(bytes, start, position);
    switch (type) {
      case OBU_SEQUENCE_HEADER -> sequence = SequenceHeader.parse(payload);
      case OBU_FRAME_HEADER, OBU_REDUNDANT_FRAME_HEADER, OBU_FRAME -> {
        spatialId = spatial;
        if (frame == null) {
          FrameDecoder existing = readFrameHeader(payload, temporalId, spatial);
          if (existing != null) {
            return existing;
          }
        }
        if (headersOnly) {
          return frameOfHeader();
        }
        if (type == OBU_FRAME) {
          payload.align();
          return readTileGroup(payload);
        }
      }
      case OBU_TILE_GROUP -> {
        return headersOnly ? null : readTileGroup(payload);
      }
      default -> {
        // Temporal delimiters, metadata, padding, reserved types.
      }
    }
    return null;
  }

  private @Nullable FrameDecoder readFrameHeader(BitReader in, int temporalId, int spatial)
      throws MalformedImageException, UnsupportedImageException {
    SequenceHeader header = sequence;
    if (header == null) {
      throw in.malformed("frame before the sequence header");
    }
    FrameHeader parsed = FrameHeaderReader.parse(in, header, temporalId, spatial);
    if (parsed.showExistingFrame) {
      FrameDecoder existing = references[parsed.frameToShow];
      if (existing == null) {
        throw new UnsupportedImageException("AV1: showing a frame that was shown before");
      }
      return existing;
    }
    frame = parsed;
    tiles = 0;
    tileStarts = new int[parsed.tileCols * parsed.tileRows];
    tileEnds = new int[tileStarts.length];
    return null;
  }

  private @Nullable FrameDecoder frameOfHeader() {
    FrameHeader header = frame;
    frame = null;
    return header == null ? null : new FrameDecoder(header, options, bytes, tileStarts, tileEnds);
  }

  /** Reads tile_group_obu( ) (clause 5.11.1). */
  private @Nullable FrameDecoder readTileGroup(BitReader in) throws MalformedImageException {
    FrameHeader header = frame;
    if (header == null) {
      throw in.malformed("tiles without a frame header");
    }
    int count = tileStarts.length;
    int first = 0;
    int last = count - 1;
    if (count > 1 && in.flag()) {
      int bits = header.tileColsLog2 + header.tileRowsLog2;
      first = in.bits(bits);
      last = in.bits(bits);
    }
    in.align();
    if (first != tiles || last < first || last >= count) {
      throw in.malformed("tile group of tiles " + first + " to " + last);
    }
    for (int i = first; i <= last; i++) {
      int size = position - in.offset();
      if (i < last) {
        int coded = in.littleEndian(header.tileSizeBytes);
        size = position - in.offset();
        if (coded < 0 || coded >= size) {
          throw in.malformed("tile ends after its OBU");
        }
        size = coded + 1;
      }
      if (size <= 0) {
        throw in.malformed("tile without data");
      }
      tileStarts[i] = in.offset();
      tileEnds[i] = in.offset() + size;
      in = new BitReader(bytes, tileEnds[i], position);
    }
    tiles = last + 1;
    if (tiles < count) {
      return null;
    }
    frame = null;
    FrameDecoder decoder = new FrameDecoder(header, options, bytes, tileStarts, tileEnds);
    if (header.showFrame) {
      return decoder;
    }
    for (int i = 0; i < 8; i++) {
      if ((header.refreshFrameFlags >> i & 1) != 0) {
        references[i] = decoder;
      }
    }
    return null;
  }
}
