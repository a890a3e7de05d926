package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.codec.CodedBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of {@code hvcC} (HEVCDecoderConfigurationRecord, ISO/IEC 14496-15, 8.3.3.1).
 *
 * @param lengthBytes size of the field before each NAL unit of an item: 1, 2 or 4
 * @param parameterSets its NAL units
 */
record DecoderConfiguration(int lengthBytes, List<NalUnit> parameterSets) {

  private static final int FIXED_BYTES = 23;

  static DecoderConfiguration parse(CodedBytes record) throws MalformedImageException {
    byte[] bytes = record.array();
    int at = record.start() + FIXED_BYTES;
    if (at > record.end() || bytes[record.start()] != 1) {
      throw malformed(record, record.start(), "hvcC is not of version 1");
    }
    int lengthBytes = (bytes[at - 2] & 3) + 1;
    if (lengthBytes == 3) {
      throw malformed(record, at - 2, "lengthSizeMinusOne is 2");
    }
    List<NalUnit> units = new ArrayList<>();
    int arrays = bytes[at - 1] & 0xff;
    for (int i = 0; i < arrays; i++) {
      int count = length(record, at + 1, 2);
      at += 3;
      for (int k = 0; k < count; k++) {
        int end = at + 2 + length(record, at, 2);
        if (end > record.end()) {
          throw malformed(record, at, "a parameter set goes beyond hvcC");
        }
        units.add(unit(record, at + 2, end));
        at = end;
      }
    }
    return new DecoderConfiguration(lengthBytes, List.copyOf(units));
  }

  /**
   * Returns the NAL units of an item, each preceded by its length.
   *
   * @param partial whether bytes may be missing at the end
   */
  List<NalUnit> units(CodedBytes item, boolean partial) throws MalformedImageException {
    List<NalUnit> units = new ArrayList<>();
    int at = item.start();
    while (at < item.end()) {
      int length = length(item, at, lengthBytes);
      int start = at + lengthBytes;
      if (length < 0 || length > item.end() - start) {
        if (!partial) {
          throw malformed(item, at, "a NAL unit goes beyond its item");
        }
        length = item.end() - start;
      }
      units.add(unit(item, start, start + length));
      at = start + length;
    }
    return units;
  }

  private static NalUnit unit(CodedBytes bytes, int start, int end) throws MalformedImageException {
    return NalUnit.parse(bytes.array(), start, end, position(bytes, start));
  }

  /** Reads a number; with four bytes, the result may be negative. */
  private static int length(CodedBytes bytes, int at, int size) throws MalformedImageException {
    if (size > bytes.end() - at) {
      throw malformed(bytes, at, "truncated length of a NAL unit");
    }
    int value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | (bytes.array()[at + i] & 0xff);
    }
    return value;
  }

  private static long position(CodedBytes bytes, int at) {
    return bytes.position() + at - bytes.start();
  }

  private static MalformedImageException malformed(CodedBytes bytes, int at, String reason) {
    return Malformed.at(position(bytes, at), reason);
  }
}
