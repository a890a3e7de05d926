package dev.miniatura.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the programs of docs/delivery.md whose language is installed. */
class SigningInOtherLanguagesTest {

  private static final SigningKey KEY = new SigningKey("k1", "0123456789abcdef0123456789abcdef");
  private static final String EXPECTED =
      ThumbnailUrls.at("")
          .signedWith(KEY)
          .signed("cover:320x240,format:auto", "2024/Strand +1 (é).jpg");

  private static String program(String language) throws IOException {
    String document = Files.readString(Path.of("..", "docs", "delivery.md"));
    Matcher block =
        Pattern.compile("<!-- signing:begin -->.*?```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(document);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static boolean isInstalled(String command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(
                  command, List.of("openssl", "go").contains(command) ? "version" : "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"python, python3, python3 -c", "js, node, node -e", "sh, openssl, sh -c"})
  void program_ofTheDocument_signsAsJavaDoes(String language, String needs, String command)
      throws Exception {
    assumeTrue(isInstalled(needs), needs);
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add(program(language));
    assertThat(run(words)).isEqualTo(EXPECTED);
  }

  @Test
  void program_inGo_signsAsJavaDoes(@TempDir Path folder) throws Exception {
    assumeTrue(isInstalled("go"), "go");
    Path file = Files.writeString(folder.resolve("sign.go"), program("go"));
    assertThat(run(List.of("go", "run", file.toString()))).isEqualTo(EXPECTED);
  }

  private static String run(List<String> words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("SECRET", KEY.secret());
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output.strip();
  }

  @Test
  void expected_isAsWrittenDown() {
    assertThat(EXPECTED)
        .isEqualTo(
            "/s/k1."
                + Signature.of(
                    KEY, "/cover:320x240,format:auto/2024/Strand%20%2B1%20%28%C3%A9%29.jpg")
                + "/cover:320x240,format:auto/2024/Strand%20%2B1%20%28%C3%A9%29.jpg");
  }
}
