package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests are money and time: none comes back unnoticed. */
class CallsTest {

  @Test
  void pipeline_twoSpecs_takesFewRequests() throws Exception {
    try (TestServer server = TestServer.s3proxy()) {
      // Of a new image: HEAD of a thumbnail, a listing, GET, and two PUTs
      assertThat(CallRun.measure(server, CallRun.SPECS.get(0)))
          .isEqualTo(new CallRun.Result(5, 6, 3, 2, 8));
      // The same without the listing: a thumbnail has one key
      assertThat(CallRun.measure(server, CallRun.SPECS.get(1)))
          .isEqualTo(new CallRun.Result(4, 5, 3, 2, 8));
    }
  }
}
