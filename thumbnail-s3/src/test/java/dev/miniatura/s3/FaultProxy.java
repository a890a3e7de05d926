package dev.miniatura.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A proxy between a client and a server that breaks some of the calls. Which calls are broken, and
 * how, depends on the seed and on their order.
 *
 * <p>Like S3, and unlike S3Proxy, it returns the checksum of objects that are sent as a whole.
 */
public final class FaultProxy implements AutoCloseable {

  /** What may happen to a call. */
  public enum Fault {
    /** The server has an error; nothing is done. */
    ERROR_500,
    /** The server throttles; nothing is done. */
    SLOW_DOWN_503,
    /** The connection is reset before the server sees the request. */
    RESET_BEFORE_REQUEST,
    /** A bit of the object is changed before it reaches the server. */
    DAMAGED_REQUEST,
    /** The server executes the request, but the connection is reset before it answers. */
    RESET_BEFORE_RESPONSE,
    /** The connection is reset in the middle of the response's body. */
    RESET_IN_BODY,
    /** The connection ends in the middle of the response's body as if it were complete. */
    TRUNCATED_BODY,
    /** The response's body comes in pieces with pauses between them. */
    SLOW_BODY,
    /** A bit of the object sent differs from its checksum. */
    DAMAGED_OBJECT
  }

  private static final int PIECE = 8 << 10;
  private static final int PAUSE_MILLIS = 5;

  private final URI server;
  private final Random random;
  private final double rate;
  private final List<Fault> kinds;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Map<Fault, Long> faults = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong gets = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();

  /**
   * Starts a proxy.
   *
   * @param server the server behind it
   * @param rate the share of calls to break, 0 to 1
   * @param seed decides which calls
   * @param kinds how calls are broken; in any way if none is named
   */
  public FaultProxy(URI server, double rate, long seed, Fault... kinds) throws IOException {
    this.server = server;
    this.kinds = List.of(kinds.length == 0 ? Fault.values() : kinds);
    this.rate = rate;
    random = new Random(seed);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Returns the address of the proxy. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Returns how many calls there were. */
  long calls() {
    return calls.get();
  }

  /** Returns how many of the calls requested an object or a part of one. */
  long gets() {
    return gets.get();
  }

  /** Returns how often each fault happened. */
  public Map<Fault, Long> faults() {
    return new TreeMap<>(faults);
  }

  /** Returns how many bytes of responses' bodies were sent. */
  long bytesSent() {
    return bytesSent.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static void start(Runnable runnable) {
    Thread thread = new Thread(runnable, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    sockets.add(client);
    try (client;
        Socket upstream = new Socket(server.getHost(), server.getPort())) {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      new Connection(client, upstream).serve();
    } catch (IOException e) {
      // One of the three has hung up; the others notice when their connection is closed.
    } finally {
      sockets.remove(client);
    }
  }

  private final class Connection {

    private final Socket client;
    private final InputStream fromClient;
    private final OutputStream toClient;
    private final InputStream fromServer;
    private final OutputStream toServer;

    Connection(Socket client, Socket server) throws IOException {
      this.client = client;
      fromClient = new BufferedInputStream(client.getInputStream());
      toClient = client.getOutputStream();
      fromServer = new BufferedInputStream(server.getInputStream());
      toServer = server.getOutputStream();
    }

    void serve() throws IOException {
      Optional<HttpMessage> request = HttpMessage.readRequest(fromClient, toClient);
      while (request.isPresent()) {
        pass(request.get());
        request = HttpMessage.readRequest(fromClient, toClient);
      }
    }

    private void pass(HttpMessage request) throws IOException {
      calls.incrementAndGet();
      gets.addAndGet(request.isGet() ? 1 : 0);
      Optional<Fault> fault = next(request);
      if (fault.isEmpty()) {
        send(forward(request, request), 0);
        return;
      }
      faults.merge(fault.get(), 1L, Long::sum);
      switch (fault.get()) {
        case ERROR_500 ->
            send(HttpMessage.error(request, "500 Internal Server Error", "InternalError"), 0);
        case SLOW_DOWN_503 -> send(HttpMessage.error(request, "503 Slow Down", "SlowDown"), 0);
        case RESET_BEFORE_REQUEST -> throw reset();
        case DAMAGED_REQUEST -> send(forward(request, request.damaged()), 0);
        case RESET_BEFORE_RESPONSE -> {
          forward(request, request);
          throw reset();
        }
        case RESET_IN_BODY -> {
          sendHalf(forward(request, request));
          throw reset();
        }
        case TRUNCATED_BODY -> {
          sendHalf(forward(request, request));
          throw new IOException("hung up");
        }
        case SLOW_BODY -> send(forward(request, request), PAUSE_MILLIS);
        case DAMAGED_OBJECT -> send(forward(request, request).damaged(), 0);
      }
    }

    private HttpMessage forward(HttpMessage asked, HttpMessage sent) throws IOException {
      sent.write(toServer);
      HttpMessage response = HttpMessage.readResponse(fromServer, asked);
      return asked.asksForObject() ? response.withChecksum() : response;
    }

    private void send(HttpMessage response, int pauseMillis) throws IOException {
      toClient.write(response.head());
      byte[] body = response.body();
      for (int from = 0; from < body.length; from += PIECE) {
        int length = Math.min(PIECE, body.length - from);
        bytesSent.addAndGet(length); // first, as the client may be done before write returns
        toClient.write(body, from, length);
        pause(pauseMillis);
      }
      toClient.flush();
    }

    private void sendHalf(HttpMessage response) throws IOException {
      toClient.write(response.head());
      toClient.write(response.body(), 0, response.body().length / 2);
      bytesSent.addAndGet(response.body().length / 2);
      toClient.flush();
    }

    /** Closes the connection so that the client gets a reset. */
    private IOException reset() throws IOException {
      client.setSoLinger(true, 0);
      client.close();
      return new IOException("reset");
    }
  }

  private static void pause(int millis) throws IOException {
    if (millis > 0) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }

  private synchronized Optional<Fault> next(HttpMessage request) {
    if (random.nextDouble() >= rate) {
      return Optional.empty();
    }
    List<Fault> possible = kinds.stream().filter(fault -> canHappen(fault, request)).toList();
    return possible.isEmpty()
        ? Optional.empty()
        : Optional.of(possible.get(random.nextInt(possible.size())));
  }

  private static boolean canHappen(Fault fault, HttpMessage request) {
    return switch (fault) {
      case DAMAGED_REQUEST -> request.body().length > 0;
      case RESET_IN_BODY, TRUNCATED_BODY, SLOW_BODY -> request.isGet();
      case DAMAGED_OBJECT -> request.asksForObject();
      default -> true;
    };
  }
}
