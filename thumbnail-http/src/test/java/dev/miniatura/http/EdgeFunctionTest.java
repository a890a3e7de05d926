package dev.miniatura.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the CloudFront Function on Node.js, and compares it with the service. */
class EdgeFunctionTest {

  private static final SigningKey KEY = new SigningKey("k1", "0123456789abcdef0123456789abcdef");
  private static final SigningKey NEXT = new SigningKey("k2", "fedcba9876543210fedcba9876543210");

  /** The parts of CloudFront's runtime that Node.js lacks. */
  private static final String AROUND =
      """
      const cf = { kvs: () => ({ get: async id => {
        const keys = { k1: '%s', k2: '%s' };
        if (!(id in keys)) throw new Error('KeyNotFound');
        return keys[id];
      } }) };
      """
          .formatted(KEY.secret(), NEXT.secret());

  private static final String CALLS =
      """

      import fs from 'node:fs';
      for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\\n').filter(l => l)) {
        const [method, uri, accept] = line.split(' ').map(t => Buffer.from(t, 'base64').toString());
        const headers = accept ? { accept: { value: accept } } : {};
        const answer = await handler({ request: { method, uri, headers, querystring: { v: { value: '1' } } } });
        console.log(answer.statusCode
          ? answer.statusCode + ' ' + answer.headers['miniatura-error'].value
          : '200 ' + answer.uri + ' ' + Object.keys(answer.querystring).length
            + ' ' + (answer.headers['miniatura-path'].value === uri));
      }
      """;

  private final MemoryImageStore source = MemoryImageStore.create();
  private final MemoryImageStore destination = MemoryImageStore.create();
  private final ThumbnailUrls urls = ThumbnailUrls.at("").signedWith(KEY);
  private final ThumbnailService service =
      ThumbnailService.builder(source, destination)
          .specs(
              "small=fit:24x24,format:auto;large=fit:48x48,matte:#ff0000,format:jpeg;plain=fit:9x9")
          .destinationPrefix("made/")
          .onDemandPrefix("asked/")
          .key(KEY)
          .key(NEXT)
          .build();

  @TempDir private Path folder;

  private record Call(String method, String path, String accept) {
    static Call get(String path) {
      return new Call("GET", path, "");
    }

    String line() {
      return Stream.of(method, path, accept)
          .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
          .collect(Collectors.joining(" "));
    }
  }

  @BeforeEach
  void needsNode() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("node", "--version").start();
      assumeTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0);
    } catch (IOException e) {
      assumeTrue(false, "Node.js is not installed");
    }
  }

  private List<String> run(List<Call> calls) throws Exception {
    String code = service.edgeFunction();
    assertThat(code.getBytes(StandardCharsets.UTF_8).length).isLessThan(10 * 1024);
    assertThat(code).contains("import cf from 'cloudfront';\n");
    Path program = folder.resolve("edge.mjs");
    Files.writeString(program, code.replace("import cf from 'cloudfront';\n", AROUND) + CALLS);
    Path input = folder.resolve("calls");
    Files.write(input, calls.stream().map(Call::line).toList());
    Path output = folder.resolve("answers");
    Process process =
        new ProcessBuilder("node", program.toString(), input.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> answers = Files.readAllLines(output);
    assertThat(process.exitValue()).as(String.join("\n", answers)).isZero();
    assertThat(answers).hasSameSizeAs(calls);
    return answers;
  }

  @Test
  void handler_whatTheServiceMade_isFoundInTheBucket() throws Exception {
    List<Call> calls = new ArrayList<>();
    for (String key :
        List.of(
            "a.png",
            "2024/Strand +1 (é)*!'~.png",
            "日本/🏖.PNG",
            "a%2Fb.gif",
            "no ending",
            "//x.png")) {
      source.put(key, ImageSource.of(TestImages.translucent(60, 40)), Attributes.none());
      for (String accept : List.of("", "image/avif,image/webp,*/*;q=0.8", "image/webp;q=0")) {
        calls.add(new Call("GET", urls.named("small", key), accept));
        calls.add(new Call("GET", urls.named("large", key), accept));
        calls.add(
            new Call("HEAD", urls.signed("pad:20x20,matte:#00ff00,format:auto", key), accept));
        calls.add(new Call("GET", urls.signed("fit:20x20,format:auto,frames:all", key), accept));
        calls.add(
            new Call(
                "GET",
                urls.signed("fit:7x,quality:50", key, Instant.now().plusSeconds(99)),
                accept));
      }
    }
    for (Call call : calls) {
      assertThat(
              service.handle(
                  new ThumbnailRequest("GET", call.path(), Map.of("Accept", call.accept()))))
          .returns(200, ThumbnailResponse::status);
    }

    List<String> answers = run(calls);

    for (int i = 0; i < calls.size(); i++) {
      String[] answer = answers.get(i).split(" ", -1);
      assertThat(answer).as(calls.get(i).toString()).hasSize(4).contains("200", "0", "true");
      String key = PathText.decode(answer[1].substring(1));
      boolean guessed =
          calls.get(i).path().matches("/t/small/.*(ending|gif)")
              && !calls.get(i).accept().startsWith("image/avif");
      assertThat(destination.stat(key).isPresent())
          .as("%s is %s", calls.get(i), key)
          .isEqualTo(!guessed); // a PNG without a PNG's name is left to the service
    }
  }

  @Test
  void handler_anyCharacterChanged_is403() throws Exception {
    String url =
        urls.signed("fit:32x32,matte:#ff0000", "2024/b each+ü.jpg", Instant.now().plusSeconds(99));
    List<Call> calls = new ArrayList<>();
    for (int at = Route.SIGNED.length(); at < url.length(); at++) {
      for (char other : "aA0/.%+,:-_".toCharArray()) {
        if (url.charAt(at) != other) {
          calls.add(Call.get(url.substring(0, at) + other + url.substring(at + 1)));
        }
      }
      calls.add(Call.get(url.substring(0, at) + url.substring(at + 1)));
    }
    calls.add(Call.get(url + "/"));
    calls.add(Call.get(url.replace("k1.", "k2.")));
    calls.add(Call.get(url.replace("%20", "+")));

    assertThat(run(calls)).containsOnly("403 bad_signature");
    assertThat(run(List.of(Call.get(url))).get(0)).startsWith("200 /asked/");
  }

  @Test
  void handler_errors_areThoseOfTheService() throws Exception {
    List<Call> calls =
        List.of(
            Call.get("/"),
            Call.get("/t/none/a.png"),
            Call.get("/t/constructor/a.png"),
            Call.get("/s/x"),
            Call.get("/s/"),
            Call.get("/s/.x"),
            Call.get(urls.signed("fit:1x1", "a", Instant.ofEpochSecond(1_700_000_000))),
            new Call("POST", "/t/small/a.png", ""));

    List<String> answers = run(calls);

    for (int i = 0; i < calls.size(); i++) {
      ThumbnailResponse response =
          service.handle(
              new ThumbnailRequest(calls.get(i).method(), calls.get(i).path(), Map.of()));
      assertThat(answers.get(i))
          .as(calls.get(i).toString())
          .isEqualTo(response.status() + " " + response.code());
    }
  }

  @Test
  void handler_whatItDoesNotUnderstand_isLeftToTheService() throws Exception {
    String notCanonical = "/fit:01x1/a.png";
    List<Call> calls =
        List.of(
            Call.get("/t/small/%zz"),
            Call.get("/t/plain/" + "x".repeat(300)),
            Call.get("/s/k1." + Signature.of(KEY, "/fit") + "/fit"),
            Call.get("/s/k1." + Signature.of(KEY, notCanonical) + notCanonical));

    assertThat(run(calls))
        .allMatch(answer -> answer.startsWith("200 ") && answer.endsWith(" true"));
  }
}
