package dev.miniatura.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A request or response of HTTP/1.1 with its body, as far as S3 clients and servers use it.
 *
 * @param startLine the request line or status line
 * @param headers the header lines as received
 * @param body the body; its length is in the headers, however it was transferred
 */
record HttpMessage(
    String startLine, List<String> headers, @SuppressWarnings("ArrayRecordComponent") byte[] body) {

  private static final String CHECKSUM = "x-amz-checksum-crc32";

  /** Reads a request; empty if the connection ends before it. */
  static Optional<HttpMessage> readRequest(InputStream in, OutputStream out) throws IOException {
    Optional<HttpMessage> head = readHead(in);
    if (head.isEmpty()) {
      return head;
    }
    if (head.get().header("expect").isPresent()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
      head.get().headers().removeIf(line -> isHeader(line, "expect"));
    }
    return Optional.of(head.get().withBodyFrom(in));
  }

  /** Reads the response to a request. */
  static HttpMessage readResponse(InputStream in, HttpMessage request) throws IOException {
    HttpMessage head = readHead(in).orElseThrow(() -> new IOException("no response"));
    if (head.startLine().contains(" 100 ")) {
      return readResponse(in, request);
    }
    boolean bodiless = request.startLine().startsWith("HEAD") || head.startLine().contains(" 204 ");
    return bodiless ? head : head.withBodyFrom(in);
  }

  private static Optional<HttpMessage> readHead(InputStream in) throws IOException {
    String startLine = readLine(in);
    if (startLine.isEmpty()) {
      return Optional.empty();
    }
    List<String> headers = new ArrayList<>();
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      headers.add(line);
    }
    return Optional.of(new HttpMessage(startLine, headers, new byte[0]));
  }

  private static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  private HttpMessage withBodyFrom(InputStream in) throws IOException {
    if (header("connection").filter("close"::equalsIgnoreCase).isPresent()
        && header("content-length").isEmpty()
        && header("transfer-encoding").isEmpty()) {
      return withBody(in.readAllBytes());
    }
    if (header("transfer-encoding").isEmpty()) {
      int length = header("content-length").map(Integer::parseInt).orElse(0);
      byte[] content = in.readNBytes(length);
      if (content.length < length) {
        throw new IOException("broken off");
      }
      return new HttpMessage(startLine, headers, content);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      content.write(in.readNBytes(size));
      readLine(in);
    }
    readLine(in);
    return withBody(content.toByteArray());
  }

  private HttpMessage withBody(byte[] content) {
    List<String> plain = new ArrayList<>(headers);
    plain.removeIf(line -> isHeader(line, "transfer-encoding"));
    plain.add("Content-Length: " + content.length);
    return new HttpMessage(startLine, plain, content);
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(readLine(in).replaceFirst(";.*", ""), 16);
  }

  private static boolean isHeader(String line, String name) {
    return line.toLowerCase(Locale.ROOT).startsWith(name + ":");
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(line -> isHeader(line, name))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst();
  }

  /** Returns S3's error answer to a request. */
  static HttpMessage error(HttpMessage request, String status, String code) {
    byte[] body =
        ("<Error><Code>" + code + "</Code><Message>injected</Message></Error>")
            .getBytes(ISO_8859_1);
    return new HttpMessage(
        "HTTP/1.1 " + status,
        List.of("Content-Type: application/xml", "Content-Length: " + body.length),
        request.startLine().startsWith("HEAD") ? new byte[0] : body);
  }

  /** Returns whether this is the request for an object or a part of it. */
  boolean isGet() {
    return startLine.startsWith("GET") && !startLine.contains("list-type=");
  }

  /** Returns whether this is the request for an object as a whole. */
  boolean asksForObject() {
    return isGet() && header("range").isEmpty();
  }

  /** Returns the response with the checksum of its body, if it contains a whole object. */
  HttpMessage withChecksum() {
    if (!startLine.contains(" 200 ") || header(CHECKSUM).isPresent()) {
      return this;
    }
    CRC32 crc = new CRC32();
    crc.update(body);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    List<String> more = new ArrayList<>(headers);
    more.add(CHECKSUM + ": " + Base64.getEncoder().encodeToString(value));
    return new HttpMessage(startLine, more, body);
  }

  /** Returns the same message with one bit of its body flipped, if it has one. */
  HttpMessage damaged() {
    if (body.length == 0) {
      return this;
    }
    byte[] other = body.clone();
    other[other.length / 2] ^= 0x10;
    return new HttpMessage(startLine, headers, other);
  }

  byte[] head() {
    return (startLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n").getBytes(ISO_8859_1);
  }

  void write(OutputStream out) throws IOException {
    out.write(head());
    out.write(body);
    out.flush();
  }
}
