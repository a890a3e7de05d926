package dev.miniatura.internal.imageio;

import dev.miniatura.internal.io.InputWindow;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory for the WebP plugin, which reads ahead, takes the end of data for a pause, reads
 * on without end, and knows no time. The file seems to end with some zeros, so that only those
 * reach the end who read more than there is.
 */
final class PluginInput extends ImageInputStreamImpl {

  private static final int ZEROS = 16;

  /** Reads at the end before it is an error: what the plugin has read ahead may suffice. */
  private static final int MOST_AT_END = 64;

  private static final int READS_PER_CHECK = 1 << 12;

  private final byte[] bytes;
  private final InputWindow source;
  private int reads;
  private int atEnd;

  /**
   * Creates a stream.
   *
   * @param source knows the time by which all must be done
   */
  PluginInput(byte[] bytes, InputWindow source) {
    this.bytes = bytes;
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    if (available() == 0) {
      return -1;
    }
    int at = (int) streamPos++;
    return at < bytes.length ? bytes[at] & 0xff : 0;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = Math.min(length, available());
    if (count == 0) {
      return length == 0 ? 0 : -1;
    }
    int real = (int) Math.max(0, Math.min(count, bytes.length - streamPos));
    System.arraycopy(bytes, (int) Math.min(streamPos, bytes.length), target, offset, real);
    Arrays.fill(target, offset + real, offset + count, (byte) 0);
    streamPos += count;
    return count;
  }

  private int available() throws IOException {
    bitOffset = 0;
    if (++reads % READS_PER_CHECK == 0) {
      source.checkDeadline();
    }
    long left = Math.max(0, (long) bytes.length + ZEROS - streamPos);
    if (left == 0 && ++atEnd > MOST_AT_END) {
      throw new IOException("ends too early");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
