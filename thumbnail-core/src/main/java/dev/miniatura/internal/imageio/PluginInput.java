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
 * A source for a plugin. Plugins have neither deadlines nor interruption, so the deadline is
 * checked when they read and when they report progress. An exception of the source itself is kept,
 * because plugins treat it as a defect of the file, or ignore it.
 */
class PluginInput extends ImageInputStreamImpl {

  /** The number of bytes between two checks of the deadline; single-byte reads count more. */
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

  /** Sets this as the input of a reader. */
  final void feed(ImageReader reader) {
    reader.setInput(this, false, true);
    reader.removeAllIIOReadProgressListeners();
    reader.addIIOReadProgressListener(new Progress(this));
  }

  /** Throws the source's exception, or an error if the time is up. */
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

  /** Returns whether bytes beyond the end of the source were requested. */
  final boolean isPastEnd() {
    return pastEnd;
  }

  /** Returns the source from its start, followed by a number of zeros. */
  final PluginInput padded(long zeros) {
    PluginInput padded = new PluginInput(bytes, deadline);
    padded.padding = zeros;
    return padded;
  }

  /** Returns how many of some bytes after the end are zeros; −1 if none. */
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
