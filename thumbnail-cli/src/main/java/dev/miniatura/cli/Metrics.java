package dev.miniatura.cli;

import dev.miniatura.http.ThumbnailResponse;
import dev.miniatura.http.ThumbnailService;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts answers, and prints the counts in Prometheus text format. */
final class Metrics {

  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Upper bounds of the histogram's buckets, in seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final ThumbnailService service;
  private final Supplier<Collection<?>> connections;
  private final LongAdder bytes = new LongAdder();

  /** By result; there are only a few codes. */
  private final Map<String, Times> times = new ConcurrentSkipListMap<>();

  Metrics(ThumbnailService service, Supplier<Collection<?>> connections) {
    this.service = service;
    this.connections = connections;
  }

  private static final class Times {
    private final LongAdder nanos = new LongAdder();
    private final LongAdder[] counts =
        Stream.generate(LongAdder::new).limit(BOUNDS.length + 1L).toArray(LongAdder[]::new);

    void add(Duration time) {
      double seconds = time.toNanos() / 1e9;
      int place = Arrays.binarySearch(BOUNDS, seconds);
      counts[place < 0 ? -place - 1 : place].increment();
      nanos.add(time.toNanos());
    }
  }

  void count(ThumbnailResponse answer, Duration time) {
    times.computeIfAbsent(answer.code(), code -> new Times()).add(time);
    bytes.add(answer.body().length);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    header(text, "miniatura_request_seconds", "histogram", "Time to respond, by result.");
    times.forEach((code, some) -> histogram(text, code, some));
    single(text, "miniatura_response_bytes_total", "counter", "Bytes of bodies.", bytes.sum());
    single(text, "miniatura_rendering", "gauge", "Requests being rendered.", service.rendering());
    single(
        text, "miniatura_waiting", "gauge", "Requests waiting to be rendered.", service.waiting());
    single(text, "miniatura_connections", "gauge", "Open connections.", connections.get().size());
    single(
        text,
        "miniatura_heap_bytes",
        "gauge",
        "Heap in use.",
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    single(
        text,
        "miniatura_threads",
        "gauge",
        "Platform threads.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    return text.toString();
  }

  private static void histogram(StringBuilder text, String code, Times times) {
    long sum = 0;
    for (int i = 0; i < times.counts.length; i++) {
      sum += times.counts[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      text.append(
          "miniatura_request_seconds_bucket{code=\"%s\",le=\"%s\"} %d\n"
              .formatted(code, bound, sum));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "miniatura_request_seconds_sum{code=\"%s\"} %.6f\n",
            code,
            times.nanos.sum() / 1e9));
    text.append("miniatura_request_seconds_count{code=\"" + code + "\"} " + sum + "\n");
  }

  private static void single(
      StringBuilder text, String name, String type, String help, long value) {
    header(text, name, type, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void header(StringBuilder text, String name, String type, String help) {
    text.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
  }
}
