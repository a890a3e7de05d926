package dev.miniatura.internal.imageio;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/**
 * A source for a plugin, which knows neither time nor interruption: the time is checked as it reads
 * and as it tells its progress. What the source itself fails with is kept, for plugins take it for
 * a fault of the file, or for none.
 */
class PluginInput extends ImageInputStreamImpl {

  /** Bytes between two looks at the clock; one by one, they count more. */
  private static final int BYTES_PER_CHECK = 64 << 10;

  private static final int CALL = 64;

  private final SourceBytes bytes;
  private final Deadline deadline;
  private int unchecked;
  private boolean pastEnd;
  private long padding;
  private @Nullable IOException failure;

  PluginInput(SourceBytes bytes, Deadline deadline) {
    this.bytes = bytes;
    this.deadline = deadline;
  }

  /** Makes a reader read from here. */
  final void feed(ImageReader reader) {
    reader.setInput(this, false, true);
    reader.removeAllIIOReadProgressListeners();
    reader.addIIOReadProgressListener(new Progress(this));
  }

  /** Throws what the source failed with, or that time is up, if so. */
  final void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    count(1);
    try {
      int next = bytes.at(streamPos);
      if (next < 0 && zeros(1) > 0) {
        next = 0;
      }
      streamPos += next < 0 ? 0 : 1;
      return next;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    bitOffset = 0;
    count(length);
    try {
      int count = bytes.read(streamPos, target, offset, length);
      if (count < 0) {
        count = zeros(length);
        Arrays.fill(target, offset, offset + Math.max(0, count), (byte) 0);
      }
      streamPos += Math.max(count, 0);
      return count;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Returns whether more was asked for than the source has. */
  final boolean isPastEnd() {
    return pastEnd;
  }

  /** Returns the source from its start, with so many zeros behind its end. */
  final PluginInput padded(long zeros) {
    PluginInput padded = new PluginInput(bytes, deadline);
    padded.padding = zeros;
    return padded;
  }

  /** Returns how many of some bytes behind the end are zeros; −1 for none. */
  private int zeros(int length) {
    pastEnd = true;
    int count = (int) Math.min(length, padding);
    padding -= count;
    return count == 0 ? -1 : count;
  }

  private void count(int length) throws IOException {
    unchecked += CALL + length;
    if (unchecked >= BYTES_PER_CHECK || unchecked < 0) {
      unchecked = 0;
      check();
    }
  }

  private void check() throws IOException {
    try {
      deadline.check();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException e) {
    failure = e;
    return e;
  }

  @Override
  public long length() {
    try {
      return bytes.length();
    } catch (IOException e) {
      failure = e;
      return -1;
    }
  }

  /** Ends the reading when time is up. */
  private record Progress(PluginInput input) implements IIOReadProgressListener {

    @Override
    public void imageProgress(ImageReader source, float percentage) {
      try {
        input.check();
      } catch (IOException e) {
        source.abort();
      }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentage) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
  }
}
