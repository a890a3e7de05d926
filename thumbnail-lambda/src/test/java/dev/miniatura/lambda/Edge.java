package dev.miniatura.lambda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A CloudFront Function on Node.js, with the parts of CloudFront's runtime that Node.js lacks.
 * Tests that need it are skipped if there is no Node.js, except in CI.
 */
final class Edge implements AutoCloseable {

  private static final String IMPORT = "import cf from 'cloudfront';\n";

  private static final String CALLS =
      """

      import readline from 'node:readline';
      for await (const line of readline.createInterface({ input: process.stdin })) {
        console.log(JSON.stringify(await handler({ request: JSON.parse(line) })));
      }
      """;

  private final Process process;
  private final BufferedWriter input;
  private final BufferedReader output;

  /**
   * Starts a function.
   *
   * @param code its code
   * @param store content of the KeyValueStore
   * @param folder the folder for the program
   */
  Edge(String code, Map<String, String> store, Path folder) throws IOException {
    if (!code.contains(IMPORT)) {
      throw new IllegalArgumentException("the code does not import cloudfront");
    }
    String values =
        store.entrySet().stream()
            .map(it -> EventTexts.quoted(it.getKey()) + ":" + EventTexts.quoted(it.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    String around =
        """
        const values = %s;
        const cf = { kvs: () => ({ get: async key => {
          if (!(key in values)) throw new Error('KeyNotFound');
          return values[key];
        } }) };
        """
            .formatted(values);
    Path program =
        Files.writeString(folder.resolve("edge.mjs"), code.replace(IMPORT, around) + CALLS);
    try {
      process =
          new ProcessBuilder("node", program.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      assumeTrue(System.getenv("CI") != null, "Node.js is not installed");
      throw e;
    }
    input =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Returns the function's result for a request: another request, or an answer. */
  Json handle(String method, String path, Map<String, String> headers) throws IOException {
    String all =
        headers.entrySet().stream()
            .map(
                it ->
                    EventTexts.quoted(it.getKey())
                        + ":{\"value\":"
                        + EventTexts.quoted(it.getValue())
                        + "}")
            .collect(Collectors.joining(",", "{", "}"));
    input.write(
        "{\"method\":%s,\"uri\":%s,\"querystring\":{},\"headers\":%s}%n"
            .formatted(EventTexts.quoted(method), EventTexts.quoted(path), all));
    input.flush();
    String line = output.readLine(); // the end of a process that fails is the end of its output
    if (line == null) {
      throw new IOException("the edge function has ended");
    }
    return Json.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    input.close();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
