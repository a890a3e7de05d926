package dev.miniatura.cli;

import dev.miniatura.http.ThumbnailRequest;
import dev.miniatura.http.ThumbnailResponse;
import dev.miniatura.http.ThumbnailService;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A {@link ThumbnailService} on Jetty, with {@code /health}, {@code /ready}, {@code /metrics} and a
 * start page.
 *
 * <p>Jetty reads requests and writes answers without holding a thread, so a slow client costs only
 * a connection; {@link Deadlines} bounds the time, and the number of connections is bounded. Only
 * rendering holds threads, which the service bounds. Threads are virtual if the JDK has them.
 */
final class ThumbnailServer implements AutoCloseable {

  private static final int MAX_THREADS = 256;
  private static final int MAX_CONNECTIONS = 4096;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Shorter than the process waits when it is told to stop. */
  private static final Duration GRACE = Duration.ofSeconds(4);

  private static final String LOG_FORMAT =
      "%{client}a %{yyyy-MM-dd'T'HH:mm:ssXXX}t \"%r\" %s %O %{ms}T %{Miniatura-Error}o";

  private final ThumbnailService service;
  private final Readiness readiness;
  private final StartPage page;
  private final Metrics metrics;
  private final Server server;
  private final ServerConnector connector;

  /**
   * Creates a server.
   *
   * @param port the port; 0 for any free one
   * @param page the page at {@code /}
   * @param log receives a line for each request
   */
  ThumbnailServer(
      ThumbnailService service,
      String host,
      int port,
      Readiness readiness,
      StartPage page,
      Deadlines deadlines,
      Consumer<String> log) {
    this.service = service;
    this.readiness = readiness;
    this.page = page;
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("miniatura");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
    configuration.setUriCompliance(
        UriCompliance.UNSAFE); // keys may contain anything, and are decoded only once
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(deadlines.request().toMillis());
    connector.addBean(deadlines);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    metrics = new Metrics(service, connector::getConnectedEndPoints);
    server.setRequestLog(new CustomRequestLog(log::accept, LOG_FORMAT));
    server.setHandler(new GracefulHandler(new Answering()));
    server.setStopTimeout(GRACE.toMillis());
  }

  /** Starts listening and returns the address. */
  URI start() throws IOException {
    try {
      server.start();
      return server.getURI();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Takes no more requests, answers those in progress, and stops. */
  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      long start = System.nanoTime();
      ThumbnailResponse answer = answer(request);
      metrics.count(answer, Duration.ofNanos(System.nanoTime() - start));
      response.setStatus(answer.status());
      answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
      return true;
    }
  }

  private ThumbnailResponse answer(Request request) {
    String target = String.valueOf(request.getHttpURI().getPath());
    boolean head = request.getMethod().equals("HEAD");
    return switch (target) {
      case "/health" -> text(200, "text/plain", "ok\n", "health", head);
      case "/ready" ->
          readiness.isReady()
              ? text(200, "text/plain", "ready\n", "ready", head)
              : text(503, "text/plain", "a store is unreachable\n", "not_ready", head);
      case "/metrics" -> text(200, Metrics.MEDIA_TYPE, metrics.text(), "metrics", head);
      case "/" ->
          page.html()
              .map(html -> text(200, "text/html; charset=utf-8", html, "page", head))
              .orElseGet(() -> thumbnail(request, target));
      default -> thumbnail(request, target);
    };
  }

  private ThumbnailResponse thumbnail(Request request, String target) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(field.getName(), String.valueOf(field.getValue()), (a, b) -> a + ", " + b);
    }
    return service.handle(new ThumbnailRequest(request.getMethod(), target, headers));
  }

  private static ThumbnailResponse text(
      int status, String mediaType, String text, String code, boolean head) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ThumbnailResponse(
        status,
        Map.of(
            "Content-Type",
            mediaType,
            "Content-Length",
            Integer.toString(bytes.length),
            "Cache-Control",
            "no-store",
            "X-Content-Type-Options",
            "nosniff"),
        head ? new byte[0] : bytes,
        code);
  }
}
