package dev.miniatura.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections that take too long for a whole message. Jetty's own timeout starts over with
 * each byte, so a client that sends them one at a time could stay for hours.
 */
final class Deadlines extends AbstractLifeCycle implements Connection.Listener {

  private final Duration request;
  private final Duration response;
  private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "miniatura-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Sets the deadlines.
   *
   * @param request the time for a request to arrive, from the previous answer on, and therefore
   *     also the time that an idle connection is kept open
   * @param response the time for an answer to be made and read
   */
  Deadlines(Duration request, Duration response) {
    this.request = request;
    this.response = response;
  }

  /** The number of messages that had passed at some time. */
  private record Progress(long in, long out, long nanos) {
    static Progress of(Connection connection) {
      return new Progress(
          connection.getMessagesIn(), connection.getMessagesOut(), System.nanoTime());
    }

    boolean sameMessages(Progress other) {
      return in == other.in && out == other.out;
    }
  }

  Duration request() {
    return request;
  }

  @Override
  public void onOpened(Connection connection) {
    connections.put(connection, Progress.of(connection));
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  @Override
  protected void doStart() {
    long period = Math.max(1, request.toMillis() / 8);
    var unused = sweeper.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    sweeper.shutdownNow();
  }

  private void sweep() {
    connections.forEach(
        (connection, before) -> {
          Progress now = Progress.of(connection);
          if (!now.sameMessages(before)) {
            connections.replace(connection, before, now);
            return;
          }
          Duration limit = now.in() > now.out() ? response : request;
          if (now.nanos() - before.nanos() > limit.toNanos()) {
            connection.getEndPoint().close();
          }
        });
  }
}
