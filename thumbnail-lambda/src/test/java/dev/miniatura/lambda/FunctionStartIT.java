package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The startup of the bundle, and its failures. */
@Timeout(300)
class FunctionStartIT {

  private static Path code;
  private static S3Server s3;

  @BeforeAll
  static void start() throws Exception {
    code = Bundle.exploded();
    s3 = new S3Server(EventTexts.BUCKET, EventTexts.DESTINATION);
  }

  @AfterAll
  static void stop() throws Exception {
    s3.close();
  }

  private static FunctionProcess start(Map<String, String> environment, String... options)
      throws Exception {
    return new FunctionProcess(code, FunctionProcess.HANDLER, environment, List.of(options));
  }

  private static Map<String, String> environment(String specs, String initializationType) {
    return Map.of(
        "MINIATURA_SOURCE",
        "s3://" + EventTexts.BUCKET,
        "MINIATURA_DESTINATION",
        "s3://thumbs",
        "MINIATURA_SPECS",
        specs,
        "MINIATURA_ENDPOINT",
        s3.endpoint().toString(),
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        initializationType);
  }

  @Test
  void bundle_size_leavesRoom() throws Exception {
    assertThat(Files.size(Path.of(System.getProperty("function")))).isLessThan(16_000_000);
  }

  @Test
  void init_wrongConfiguration_failsWithOneLineThatNamesTheVariable() throws Exception {
    try (FunctionProcess function = start(environment("small=fit:0x0", "on-demand"))) {
      RuntimeApi.Response error = function.api().initError(FunctionProcess.TIMEOUT);
      assertThat(error.text()).contains("MINIATURA_SPECS: ");
      assertThat(function.exitCode()).isNotZero();
      assertThat(function.log()).first().asString().contains("MINIATURA_SPECS: ");
    }
  }

  @Test
  void init_snapStart_primesBeforeTheSnapshot() throws Exception {
    try (FunctionProcess function =
        start(
            environment("small=fit:32x32", "snap-start"),
            FunctionProcess.COMPATIBLE,
            "-verbose:class")) {
      function.api().awaitCheckpoint(FunctionProcess.TIMEOUT);
      assertThat(function.ready().invoke(HttpTexts.HTTP_API.get("/health"))).contains("ok");
      assertThat(function.log()).anyMatch(line -> line.contains("JpegDecoder"));
    }
  }

  @Test
  void init_snapStartWithoutTheRuntimesFlag_skipsPriming() throws Exception {
    try (FunctionProcess function =
        start(environment("small=fit:32x32", "snap-start"), "-verbose:class")) {
      function.api().awaitCheckpoint(FunctionProcess.TIMEOUT);
      assertThat(function.ready().invoke(HttpTexts.HTTP_API.get("/health"))).contains("ok");
      assertThat(function.log()).noneMatch(line -> line.contains("JpegDecoder"));
    }
  }
}
