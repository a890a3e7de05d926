package dev.miniatura.heic;

/** Reads the samples of {@code pcm_sample()} (H.265, 7.3.8.7), which are not coded. */
final class PcmReader {

  private final byte[] bytes;
  private long position; // in bits

  PcmReader(byte[] bytes, int from) {
    this.bytes = bytes;
    position = from * 8L;
  }

  int sample(int depth) {
    int value = 0;
    for (int i = 0; i < depth; i++, position++) {
      value = value << 1 | (bytes[(int) (position >> 3)] >> (7 - (position & 7)) & 1);
    }
    return value;
  }
}
