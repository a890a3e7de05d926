package dev.miniatura.cli;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore.Entry;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The maximum effort of a backfill, from the listing alone. Existing thumbnails cost only their
 * HEAD requests, and an image of which the decoder needs only the beginning is not read completely.
 *
 * @param objects number of objects
 * @param bytes their total size
 * @param lists requests for pages of the listing, which is read twice, and for the thumbnails of
 *     each object that may have several keys
 * @param puts PUT requests
 * @param reads HEAD and GET requests
 */
record Estimate(long objects, long bytes, long lists, long puts, long reads) {

  /** The maximum number of objects in a page of a listing. */
  private static final int PAGE = 1_000;

  /** How {@code S3ImageStore} reads: a first range, and each further one four times as long. */
  private static final long FIRST_RANGE = 1 << 20;

  private static final int GROWTH = 4;

  /** What S3 Standard costs in us-east-1, in dollars per million requests. */
  private static final double WRITE_PRICE = 5;

  private static final double READ_PRICE = 0.4;

  private static final double SECONDS_PER_REQUEST = 0.03;
  private static final double SECONDS_PER_MEGABYTE = 0.015;

  /** Reads a listing to its end. */
  static Estimate of(Stream<Entry> listing, Collection<ThumbnailSpec> specs, String template) {
    long objects = 0;
    long bytes = 0;
    long gets = 0;
    for (Entry entry : (Iterable<Entry>) listing::iterator) {
      objects++;
      bytes += entry.size();
      gets += ranges(entry.size());
    }
    long keys = 0;
    for (ThumbnailSpec spec : specs) {
      keys += template.contains("{ext}") ? spec.possibleFormats().size() : 1;
    }
    long lists = 2 * (objects / PAGE + 1) + (keys > specs.size() ? objects : 0);
    return new Estimate(objects, bytes, lists, objects * specs.size(), objects * (1 + keys) + gets);
  }

  private static long ranges(long size) {
    long count = 1;
    long range = FIRST_RANGE;
    for (long end = FIRST_RANGE; end < size; end += range) {
      range *= GROWTH;
      count++;
    }
    return count;
  }

  double dollars() {
    return ((lists + puts) * WRITE_PRICE + reads * READ_PRICE) / 1e6;
  }

  double seconds(int jobs, @Nullable Rate rate) {
    int processors = Math.min(jobs, Runtime.getRuntime().availableProcessors());
    double work =
        (puts + reads) * SECONDS_PER_REQUEST / jobs
            + bytes / 1e6 * SECONDS_PER_MEGABYTE / processors;
    return rate == null ? work : Math.max(work, objects / rate.perSecond());
  }

  /** Returns the estimate as text. */
  String text(int jobs, Optional<Rate> rate) {
    return String.format(
        Locale.ROOT,
        """
        objects   %,d (%s)
        requests  at most %,d LIST + %,d PUT + %,d HEAD and GET
        cost      ($5 x (LIST + PUT) + $0.40 x (HEAD + GET)) / 1,000,000 = at most $%.2f
                  (prices of S3 Standard in us-east-1; traffic outside the region is extra)
        time      about %s with %d jobs%s, at 30 ms per request and 15 ms per MB of image
        """,
        objects,
        size(bytes),
        lists,
        puts,
        reads,
        dollars(),
        duration(seconds(jobs, rate.orElse(null))),
        jobs,
        rate.isPresent() ? " and --rate" : "");
  }

  private static String size(long bytes) {
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%,.1f GB", bytes / 1e9);
  }

  static String duration(double seconds) {
    long whole = (long) Math.ceil(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3_600
        ? whole / 60 + " min"
        : String.format(Locale.ROOT, "%,d h %d min", whole / 3_600, whole / 60 % 60);
  }
}
