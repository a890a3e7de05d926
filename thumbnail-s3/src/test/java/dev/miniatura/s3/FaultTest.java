package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FaultTest {

  private static final int OBJECTS = 60;

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.s3proxy();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void pipeline_overUnsteadyNetwork_endsWithTheSameThumbnails() throws Exception {
    check(FaultRun.run(server, OBJECTS, 0.1, 7));
  }

  @Test
  void pipeline_overBrokenNetwork_endsWithTheSameThumbnails() throws Exception {
    FaultRun.Result result = FaultRun.run(server, OBJECTS, 0.4, 7);
    check(result);
    assertThat(result.faults()).hasSizeGreaterThan(6);
  }

  private static void check(FaultRun.Result result) {
    assertThat(result.permanent()).isEmpty();
    assertThat(result.thumbnails()).isEqualTo(2 * OBJECTS);
    assertThat(result.identical()).isEqualTo(2 * OBJECTS);
    assertThat(result.unexpected()).isEmpty();
    assertThat(result.wrongMeanwhile()).isEmpty();
    assertThat(result.retries()).isPositive();
  }
}
