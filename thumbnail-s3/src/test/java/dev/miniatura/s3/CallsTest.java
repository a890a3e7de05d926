package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests are money and time: none comes back unnoticed. */
class CallsTest {

  @Test
  void pipeline_twoSpecs_takesFewRequests() throws Exception {
    try (TestServer server = TestServer.s3proxy()) {
      // Of a new image: HEAD of a thumbnail and of the source, a listing, GET, and two PUTs
      assertThat(CallRun.measure(server, CallRun.SPECS.get(0)))
          .isEqualTo(new CallRun.Result(6, 7, 3, 2, 8));
      assertThat(CallRun.measure(server, CallRun.SPECS.get(1)))
          .isEqualTo(new CallRun.Result(6, 6, 3, 2, 8));
    }
  }
}
