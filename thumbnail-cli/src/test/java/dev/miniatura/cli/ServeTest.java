package dev.miniatura.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.http.SigningKey;
import dev.miniatura.http.ThumbnailService;
import dev.miniatura.http.ThumbnailUrls;
import dev.miniatura.storage.FileImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServeTest {

  private static final SigningKey KEY = new SigningKey("k1", "0123456789abcdef0123456789abcdef");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path photos;
  private ThumbnailServer server;
  private URI at;

  @BeforeEach
  void startServer() throws IOException {
    startServer(LONG);
  }

  private void startServer(Duration deadline) throws IOException {
    FileImageStore source = FileImageStore.of(photos);
    for (String key : List.of("beach.png", "a b/<ü>.png")) {
      source.put(key, ImageSource.of(TestImages.photo(60, 40)), Attributes.none());
    }
    Files.writeString(photos.resolve("notes.txt"), "no picture");
    ThumbnailService service =
        ThumbnailService.builder(source, MemoryImageStore.create())
            .specs("small=fit:24x24,format:auto;large=fit:48x48")
            .key(KEY)
            .build();
    server =
        new ThumbnailServer(
            service,
            "127.0.0.1",
            0,
            new Readiness(source, ""),
            new StartPage(source, "", List.of("small", "large"), true),
            new Deadlines(deadline, deadline),
            log::add);
    at = server.start();
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(at.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private String text(String path) throws Exception {
    return new String(get(path).body(), UTF_8);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private Socket open(String begin) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.getPort());
    socket.getOutputStream().write(begin.getBytes(US_ASCII));
    return socket;
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = open(request);
        InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void get_formatAuto_isWebpOrPngByAccept() throws Exception {
    HttpResponse<byte[]> webp = get("/t/small/beach.png", "Accept", "image/webp,*/*");
    HttpResponse<byte[]> png = get("/t/small/beach.png");

    assertThat(header(webp, "content-type")).isEqualTo("image/webp");
    assertThat(header(png, "content-type")).isEqualTo("image/png");
    assertThat(header(png, "vary")).isEqualTo("Accept");
    assertThat(get("/t/small/beach.png", "If-None-Match", header(png, "etag")).statusCode())
        .isEqualTo(304);
  }

  @Test
  void get_signed_isServedAndAChangedOneIsNot() throws Exception {
    String path = ThumbnailUrls.at("").signedWith(KEY).signed("cover:10x10", "a b/<ü>.png");

    assertThat(get(path).statusCode()).isEqualTo(200);
    assertThat(get(path.replace("10x10", "11x10")).statusCode()).isEqualTo(403);
    assertThat(get(path.replace("/%3C", "%2F%3C")).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t/small/../../etc/passwd",
        "/t/small/%2e%2e/%2e%2e/etc/passwd",
        "/t/small//beach.png",
        "/t/small/beach.png%00",
        "/t/small/;a=b",
        "/t/small/%25",
        "/../t/small/beach.png",
        "/t/small/a\\b",
        "http://other/t/small/none",
        "*",
      })
  void get_hostilePath_isAClientsError(String path) throws Exception {
    String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404) .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n\r\n\u0001\u0002\u0003\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /t/small/beach.png HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      })
  void exchange_brokenRequest_isAnsweredOrClosed(String request) throws Exception {
    assertThat(exchange(request)).doesNotContain("500", "Exception");
    assertThat(get("/t/small/beach.png").statusCode()).isEqualTo(200);
  }

  @Test
  void get_headersThatAreTooLarge_areRefused() throws Exception {
    String path = "/t/small/" + "x".repeat(20_000);

    assertThat(exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 414");
    assertThat(get("/t/small/" + "x".repeat(10_000)).statusCode()).isIn(400, 404);
  }

  /** What a thousand clients need for a moment must not grow with the next thousand. */
  @Test
  void thousandClients_slowBrokenAndHostile_areCutOffAndHoldNobodyUp() throws Exception {
    server.close();
    startServer(SHORT);
    assertThat(get("/t/small/beach.png").statusCode()).isEqualTo(200);
    int threads = Thread.activeCount();

    int first = mostThreadsWithThousandClients();
    long memory = usedMemory();
    int second = mostThreadsWithThousandClients();

    assertThat(Math.max(first, second)).as("threads").isLessThan(threads + 100);
    assertThat(usedMemory() - memory).as("bytes that stay").isLessThan(4 << 20);
  }

  /** Slow headers and bodies, requests that never end, hostile paths on idle connections. */
  private int mostThreadsWithThousandClients() throws Exception {
    List<String> beginnings =
        List.of(
            "GET /t/small/beach.png HTTP/1.1\r\nX: ",
            "POST /t/small/beach.png HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n",
            "GET /t/small/" + "%2e%2e%2f".repeat(100),
            "GET /t/small/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n",
            "\u0001\u0002 / HTTP/1.1\r\n");
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      clients.add(open(beginnings.get(i % beginnings.size())));
    }
    int most = 0;
    AtomicInteger cut = new AtomicInteger();
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (cut.get() < clients.size() && System.nanoTime() < end) {
      assertThat(get("/t/small/beach.png").statusCode()).isEqualTo(200);
      most = Math.max(most, Thread.activeCount());
      for (Socket socket : clients) {
        if (!socket.isClosed() && isCut(socket)) {
          socket.close();
          cut.incrementAndGet();
        }
      }
    }
    assertThat(cut).hasValue(1_000);
    return most;
  }

  /** Returns the memory in use after a collection, which takes more than one to settle. */
  private static long usedMemory() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static boolean isCut(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void client_thatReadsNothing_isCutOff() throws Exception {
    server.close();
    startServer(SHORT);
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      requests.append("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.getPort())) {
      socket.setReceiveBufferSize(1024);
      Thread writing =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(requests.toString().getBytes(US_ASCII));
                } catch (IOException e) {
                  // cut off, as it should be
                }
              });
      writing.start();
      writing.join(Duration.ofSeconds(30).toMillis());

      assertThat(writing.isAlive()).isFalse();
    }
  }

  @Test
  void operators_areTold() throws Exception {
    assertThat(text("/health")).isEqualTo("ok\n");
    assertThat(text("/ready")).isEqualTo("ready\n");
    get("/t/small/beach.png");
    get("/t/small/none.png");

    assertThat(text("/metrics"))
        .contains(
            "# TYPE miniatura_request_seconds histogram",
            "miniatura_request_seconds_count{code=\"rendered\"} 1\n",
            "miniatura_request_seconds_count{code=\"not_found\"} 1\n",
            "miniatura_rendering 0\n",
            "miniatura_connections ");
    assertThat(log)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "127\\.0\\.0\\.1 \\[.*] \"GET /t/small/none\\.png HTTP/1\\.1\""
                            + " 404 \\d+ \\d+ not_found"));
  }

  @Test
  void page_showsEveryImageBySizes() throws Exception {
    assertThat(text("/"))
        .contains(
            "<img src=\"/t/small/beach.png\"",
            "<a href=\"/t/large/beach.png\"",
            "/t/small/a%20b/%3C%C3%BC%3E.png",
            "a b/&lt;ü&gt;.png")
        .doesNotContain("<ü>");
  }

  @Test
  void command_toldToEnd_stopsAndLeavesNothing(@TempDir Path temporary) throws Exception {
    StringWriter told = new StringWriter();
    AtomicInteger exitCode = new AtomicInteger(-1);
    Path out = temporary.resolve("out");
    Thread command =
        new Thread(
            () ->
                exitCode.set(
                    Miniatura.commandLine()
                        .setErr(new PrintWriter(told, true))
                        .setOut(new PrintWriter(new StringWriter()))
                        .execute(
                            "serve", photos.toString(), "--port", "0", "--out", out.toString())));
    command.start();
    while (!told.toString().contains("\n")) {
      Thread.onSpinWait();
    }
    URI served = URI.create(told.toString().replaceFirst("(?s).* at (\\S+).*", "$1"));
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(served.resolve("/t/small/beach.png")).build(),
            BodyHandlers.ofByteArray());

    command.interrupt();
    command.join();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(exitCode).hasValue(0);
    assertThat(out.resolve("beach.png.small.png")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--spec=small", "--spec=small=fit:0x0", "--cors=x", "--queue=0"})
  void command_wrongOption_isSaid(String option) {
    StringWriter told = new StringWriter();

    int exitCode =
        Miniatura.commandLine()
            .setErr(new PrintWriter(told, true))
            .execute("serve", photos.toString(), "--port", "0", option);

    assertThat(exitCode).isEqualTo(2);
    assertThat(told.toString()).isNotBlank();
  }

  @Test
  void command_noFolder_isSaid() {
    StringWriter told = new StringWriter();

    assertThat(
            Miniatura.commandLine()
                .setErr(new PrintWriter(told, true))
                .execute("serve", photos.resolve("none").toString(), "--port", "0"))
        .isEqualTo(2);
    assertThat(told.toString()).contains("is not a folder");
  }
}
