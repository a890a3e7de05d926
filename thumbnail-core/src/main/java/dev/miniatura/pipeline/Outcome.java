package dev.miniatura.pipeline;

import dev.miniatura.ImageInfo;
import dev.miniatura.LimitExceededException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The result of processing one source image. */
public sealed interface Outcome {

  /** Returns the source's key. */
  String source();

  /** Returns the time and bytes spent. */
  Timing timing();

  /**
   * Returns the name of this outcome in stored rows, metrics and JSON: {@code written}, {@code
   * unchanged}, {@code removed}, {@code skipped}, {@code refused} or {@code failed}. The text is
   * stable across versions.
   */
  String kind();

  /** Returns the thumbnails that exist now, in the order of the specs; possibly none. */
  default List<Item> thumbnails() {
    return List.of();
  }

  /**
   * At least one thumbnail was written.
   *
   * @param source the source's key
   * @param thumbnails all thumbnails of the source, in the order of the specs, including those that
   *     were already up to date
   * @param image the information in the source's header
   * @param notes problems in the source that were tolerated
   * @param timing the time and bytes spent
   */
  record Written(
      String source, List<Item> thumbnails, ImageInfo image, List<String> notes, Timing timing)
      implements Outcome {

    /**
     * Makes the lists unmodifiable.
     *
     * @throws NullPointerException if a component is null
     */
    public Written {
      Objects.requireNonNull(source, "source");
      thumbnails = List.copyOf(Objects.requireNonNull(thumbnails, "thumbnails"));
      Objects.requireNonNull(image, "image");
      notes = List.copyOf(Objects.requireNonNull(notes, "notes"));
      Objects.requireNonNull(timing, "timing");
    }

    @Override
    public String kind() {
      return "written";
    }
  }

  /**
   * All thumbnails already exist, made from this version of the source with these specs; the source
   * was not read.
   *
   * @param source the source's key
   * @param thumbnails all thumbnails of the source, in the order of the specs
   * @param timing the time and bytes spent
   */
  record Unchanged(String source, List<Item> thumbnails, Timing timing) implements Outcome {

    /**
     * Makes the list unmodifiable.
     *
     * @throws NullPointerException if a component is null
     */
    public Unchanged {
      Objects.requireNonNull(source, "source");
      thumbnails = List.copyOf(Objects.requireNonNull(thumbnails, "thumbnails"));
      Objects.requireNonNull(timing, "timing");
    }

    @Override
    public String kind() {
      return "unchanged";
    }
  }

  /**
   * The source is gone, and so are its thumbnails.
   *
   * @param source the source's key
   * @param keys the thumbnails deleted; none if there were none
   * @param timing the time and bytes spent
   */
  record Removed(String source, List<String> keys, Timing timing) implements Outcome {

    /**
     * Makes the list unmodifiable.
     *
     * @throws NullPointerException if a component is null
     */
    public Removed {
      Objects.requireNonNull(source, "source");
      keys = List.copyOf(Objects.requireNonNull(keys, "keys"));
      Objects.requireNonNull(timing, "timing");
    }

    @Override
    public String kind() {
      return "removed";
    }
  }

  /**
   * The object is not one for this pipeline.
   *
   * @param source the object's key
   * @param reason why
   * @param timing the time and bytes spent
   */
  record Skipped(String source, Reason reason, Timing timing) implements Outcome {

    /**
     * Refuses nulls.
     *
     * @throws NullPointerException if a component is null
     */
    public Skipped {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(timing, "timing");
    }

    @Override
    public String kind() {
      return "skipped";
    }
  }

  /**
   * The image exceeds a limit; retrying does not help.
   *
   * @param source the source's key
   * @param cause the limit, its value and that of the image
   * @param timing the time and bytes spent
   */
  record Refused(String source, LimitExceededException cause, Timing timing) implements Outcome {

    /**
     * Refuses nulls.
     *
     * @throws NullPointerException if a component is null
     */
    public Refused {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(cause, "cause");
      Objects.requireNonNull(timing, "timing");
    }

    @Override
    public String kind() {
      return "refused";
    }
  }

  /**
   * The image could not be rendered, or a store failed. Thumbnails written before the failure are
   * complete and are not made again.
   *
   * @param source the source's key
   * @param failure what failed
   * @param cause the error
   * @param timing the time and bytes spent
   */
  record Failed(String source, Failure failure, Throwable cause, Timing timing) implements Outcome {

    /**
     * Refuses nulls.
     *
     * @throws NullPointerException if a component is null
     */
    public Failed {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(failure, "failure");
      Objects.requireNonNull(cause, "cause");
      Objects.requireNonNull(timing, "timing");
    }

    /** Returns whether processing the source again may succeed. */
    public boolean retryable() {
      return failure.retryable();
    }

    @Override
    public String kind() {
      return "failed";
    }
  }

  /**
   * One thumbnail.
   *
   * @param spec the spec's name
   * @param specHash the spec's hash
   * @param key the thumbnail's key in the destination
   * @param width width in pixels
   * @param height height in pixels
   * @param size length in bytes
   * @param mediaType media type, for example {@code image/jpeg}
   */
  record Item(
      String spec,
      String specHash,
      String key,
      int width,
      int height,
      long size,
      String mediaType) {

    /**
     * Refuses nulls.
     *
     * @throws NullPointerException if a component is null
     */
    public Item {
      Objects.requireNonNull(spec, "spec");
      Objects.requireNonNull(specHash, "specHash");
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(mediaType, "mediaType");
    }
  }

  /**
   * How the time was spent and how many bytes were transferred. Times are measured around the calls
   * of the stores and the engine, so they add up to nearly the total.
   *
   * @param check asking the stores for existing objects
   * @param get opening and reading the source
   * @param decode decoding and resampling, until the engine closed the source
   * @param encode the rest of rendering: finishing and encoding
   * @param put writing and deleting thumbnails
   * @param bytesIn bytes read from the source, which may be fewer than its size
   * @param bytesOut bytes of the thumbnails written
   */
  record Timing(
      Duration check,
      Duration get,
      Duration decode,
      Duration encode,
      Duration put,
      long bytesIn,
      long bytesOut) {

    /**
     * Refuses nulls.
     *
     * @throws NullPointerException if a component is null
     */
    public Timing {
      Objects.requireNonNull(check, "check");
      Objects.requireNonNull(get, "get");
      Objects.requireNonNull(decode, "decode");
      Objects.requireNonNull(encode, "encode");
      Objects.requireNonNull(put, "put");
    }

    /** Returns the time of decoding and encoding. */
    public Duration render() {
      return decode.plus(encode);
    }
  }

  /** Why an object was skipped. */
  enum Reason {
    /** It is a thumbnail made by a pipeline. */
    THUMBNAIL,
    /** It is located where this pipeline writes its thumbnails. */
    DESTINATION,
    /** Its key does not start with the pipeline's source prefix. */
    OUTSIDE_PREFIX,
    /** It is an empty object of the kind some tools use to mark a folder. */
    FOLDER,
    /** The object does not exist: it was removed before its thumbnails were made. */
    SOURCE_GONE;

    /** Returns the name in JSON, for example {@code source_gone}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What failed, and whether retrying may help. It cannot if the image itself, or its key, is the
   * reason. Everything else is a failure of the environment, which may go away by itself, such as
   * {@link #NETWORK}, or when someone repairs it, such as {@link #ACCESS_DENIED}; the image must
   * not be given up for it.
   */
  enum Failure {
    /** The image violates its format. */
    MALFORMED(false),
    /** The image has an unsupported format or feature. */
    UNSUPPORTED(false),
    /** The source or the destination does not exist. */
    NOT_FOUND(true),
    /** A store denied access. */
    ACCESS_DENIED(true),
    /** The source or a thumbnail was replaced in the meantime. */
    CONFLICT(true),
    /** A store is throttling requests. */
    THROTTLED(true),
    /** A store is unreachable, or dropped the connection. */
    NETWORK(true),
    /** A store cannot keep an object under the key. */
    INVALID_KEY(false),
    /** A store refused the request for another reason. */
    REJECTED(true),
    /** A thumbnail of another source has the same key. */
    COLLISION(false),
    /** Another I/O error. */
    IO(true),
    /** The thread was interrupted. */
    INTERRUPTED(true),
    /** Concurrent work has taken the memory available for rendering. */
    BUSY(true),
    /** There was not enough memory outside rendering. */
    OUT_OF_MEMORY(true),
    /** A bug in this library, a store or a filter, which a later version may fix. */
    INTERNAL(true);

    private final boolean retryable;

    Failure(boolean retryable) {
      this.retryable = retryable;
    }

    /** Returns the name in stored rows and JSON, for example {@code access_denied}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether processing the source again may succeed. */
    public boolean retryable() {
      return retryable;
    }
  }
}
