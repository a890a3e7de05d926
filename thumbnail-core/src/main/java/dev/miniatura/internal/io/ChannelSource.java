package dev.miniatura.internal.io;

import dev.miniatura.ImageSource;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** A source that can be read at any position without reading the bytes before it. */
public interface ChannelSource extends ImageSource {

  /** Opens the bytes for reading at any position, if this source can. */
  Optional<SeekableByteChannel> openChannel() throws IOException;
}
