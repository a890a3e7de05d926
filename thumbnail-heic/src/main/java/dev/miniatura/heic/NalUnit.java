package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/** One NAL unit (H.265, 7.3.1) with its emulation prevention bytes removed. */
final class NalUnit {

  /** The number of zero bytes after the payload. */
  static final int PADDING = 16;

  static final int VPS = 32;
  static final int SPS = 33;
  static final int PPS = 34;

  private final int type;
  private final int layer;
  private final byte[] payload;
  private final int length;
  private final long offset;

  private NalUnit(int type, int layer, byte[] payload, int length, long offset) {
    this.type = type;
    this.layer = layer;
    this.payload = payload;
    this.length = length;
    this.offset = offset;
  }

  /** Returns {@code nal_unit_type}. */
  int type() {
    return type;
  }

  /** Returns {@code nuh_layer_id}. */
  int layer() {
    return layer;
  }

  /** Returns the RBSP, followed by at least {@link #PADDING} zero bytes. */
  byte[] payload() {
    return payload;
  }

  /** Returns the bytes of the RBSP in {@link #payload}. */
  int length() {
    return length;
  }

  /** Returns the byte position of the unit in the source, for messages. */
  long offset() {
    return offset;
  }

  /**
   * Reads the unit at {@code bytes[start, end)}, which begins with the two header bytes.
   *
   * @param offset byte position of the unit in the source
   */
  static NalUnit parse(byte[] bytes, int start, int end, long offset)
      throws MalformedImageException {
    if (end - start < 2 || bytes[start] < 0) {
      throw Malformed.at(offset, "no NAL unit header");
    }
    int header = (bytes[start] & 0xff) << 8 | (bytes[start + 1] & 0xff);
    byte[] payload = new byte[end - start - 2 + PADDING];
    int length = 0;
    int zeros = 0;
    for (int i = start + 2; i < end; i++) {
      byte b = bytes[i];
      if (zeros >= 2 && b == 3) {
        zeros = 0;
        continue;
      }
      zeros = b == 0 ? zeros + 1 : 0;
      payload[length++] = b;
    }
    Arrays.fill(payload, length, payload.length, (byte) 0);
    return new NalUnit(header >> 9 & 0x3f, header >> 3 & 0x3f, payload, length, offset);
  }

  /** Returns whether this is a coded slice segment (VCL). */
  boolean isSlice() {
    return type < 32;
  }

  /** Returns whether the picture is an instantaneous decoding refresh. */
  boolean isIdr() {
    return type == 19 || type == 20;
  }

  /** Returns whether the picture is an intra random access point. */
  boolean isIrap() {
    return type >= 16 && type <= 23;
  }
}
