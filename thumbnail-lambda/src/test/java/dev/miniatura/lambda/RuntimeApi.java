package dev.miniatura.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lambda's side of its runtime API: a function's process requests events from it and sends it
 * answers. On the loopback interface; every wait is bounded.
 */
final class RuntimeApi implements AutoCloseable {

  /** How long the process may wait for an event before it is told to end. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private static final String ROOT = "/2018-06-01/runtime/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(RuntimeApi::thread);
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch checkpoint = new CountDownLatch(1);
  private final CompletableFuture<Response> initError = new CompletableFuture<>();
  private volatile boolean ended;

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(ROOT, this::answer);
    server.start();
  }

  /**
   * The function's response.
   *
   * @param ok whether it is an answer, not an error
   * @param text the answer, or the error message
   */
  record Response(boolean ok, String text) {}

  private record Invocation(
      String id, String event, Duration time, CompletableFuture<Response> response) {}

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "runtime-api");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns host and port, as in {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Waits until the function is initialized and requests its first event. */
  void awaitReady(Duration timeout) throws InterruptedException, TimeoutException {
    await(ready, timeout, "the function is not ready");
  }

  /**
   * Waits until the function is ready for a snapshot, which only one started for SnapStart reports.
   */
  void awaitCheckpoint(Duration timeout) throws InterruptedException, TimeoutException {
    await(checkpoint, timeout, "the function is not ready for its snapshot");
  }

  private static void await(CountDownLatch latch, Duration timeout, String otherwise)
      throws InterruptedException, TimeoutException {
    if (!latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException(otherwise + " after " + timeout);
    }
  }

  /** Returns the function's response if it could not be initialized. */
  Response initError(Duration timeout) throws InterruptedException, TimeoutException {
    return get(initError, timeout);
  }

  /**
   * Has the function process an event.
   *
   * @param time the remaining time reported to the function
   * @param timeout how long to wait for its answer
   */
  Response invoke(String event, Duration time, Duration timeout)
      throws InterruptedException, TimeoutException {
    Invocation invocation =
        new Invocation(
            "request-" + count.incrementAndGet(), event, time, new CompletableFuture<>());
    running.put(invocation.id(), invocation);
    waiting.add(invocation);
    if (ended) {
      end();
    }
    return get(invocation.response(), timeout);
  }

  /** Gives up the function's pending events, because its process has ended. */
  void end() {
    ended = true;
    ready.countDown();
    checkpoint.countDown();
    for (Invocation invocation : running.values()) {
      invocation.response().complete(new Response(false, "the process has ended"));
    }
  }

  private static Response get(CompletableFuture<Response> response, Duration timeout)
      throws InterruptedException, TimeoutException {
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      if (path.equals("invocation/next")) {
        ready.countDown();
        next(exchange);
      } else if (path.equals("restore/next")) {
        checkpoint.countDown();
        send(exchange, 200, "");
      } else if (path.equals("init/error")) {
        initError.complete(new Response(false, body));
        send(exchange, 202, "");
      } else {
        complete(path.split("/", -1), body);
        send(exchange, 202, "");
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    Invocation invocation;
    try {
      invocation = waiting.poll(IDLE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (invocation == null) {
      send(exchange, 500, "nothing to do");
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.set(
        "Lambda-Runtime-Deadline-Ms",
        String.valueOf(System.currentTimeMillis() + invocation.time().toMillis()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:000000000000:function:miniatura");
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
    headers.set("Content-Type", "application/json");
    send(exchange, 200, invocation.event());
  }

  /** Handles {@code invocation/ID/response} or {@code invocation/ID/error}. */
  private void complete(String[] path, String body) {
    Invocation invocation = path.length == 3 ? running.remove(path[1]) : null;
    if (invocation != null) {
      invocation.response().complete(new Response(path[2].equals("response"), body));
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
