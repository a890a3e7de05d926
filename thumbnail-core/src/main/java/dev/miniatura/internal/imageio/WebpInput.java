package dev.miniatura.internal.imageio;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;

/**
 * A file for the WebP plugin, which reads ahead, takes the end of data for a pause, and reads on
 * without end. The file seems to end with some zeros, so that only those reach the end who read
 * more than there is; and to have no profile, by which the plugin would convert the whole picture
 * with the JDK's color engine.
 */
final class WebpInput extends PluginInput {

  private static final int ZEROS = 16;

  /** Reads at the end before it is an error: what the plugin has read ahead may suffice. */
  private static final int MAX_AT_END = 64;

  private static final int ICC = 0x20; // of the flags in VP8X

  private final long length;
  private final long flags;
  private int atEnd;

  /**
   * Creates a file.
   *
   * @param flags where the flags of VP8X are, or −1 without one
   */
  WebpInput(SourceBytes bytes, long flags, Deadline deadline) throws IOException {
    super(bytes, deadline);
    this.flags = flags;
    length = bytes.reach(Integer.MAX_VALUE);
  }

  @Override
  public int read() throws IOException {
    long at = streamPos;
    int next = super.read();
    if (next < 0 && left() > 0) {
      streamPos++;
      return 0;
    }
    return at == flags ? next & ~ICC : next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long at = streamPos;
    int count = Math.max(0, super.read(target, offset, length));
    if (flags >= at && flags < at + count) {
      target[offset + (int) (flags - at)] &= ~ICC;
    }
    if (count < length) {
      int zeros = (int) Math.min(length - count, left());
      Arrays.fill(target, offset + count, offset + count + zeros, (byte) 0);
      streamPos += zeros;
      count += zeros;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /** Returns how many zeros are left at the end. */
  private long left() throws IOException {
    long left = Math.max(0, length + ZEROS - streamPos);
    if (left == 0 && ++atEnd > MAX_AT_END) {
      throw new IOException("ends too early");
    }
    return left;
  }

  @Override
  public long length() {
    return length;
  }
}
