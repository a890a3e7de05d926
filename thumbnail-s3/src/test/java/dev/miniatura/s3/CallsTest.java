package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests cost money and time: none is added unnoticed. */
class CallsTest {

  @Test
  void pipeline_twoSpecs_takesFewRequests() throws Exception {
    try (TestServer server = TestServer.s3proxy()) {
      // For a new image after other new ones: a listing, GET, and two PUTs
      assertThat(CallRun.measure(server, CallRun.SPECS.get(0), true))
          .isEqualTo(new CallRun.Result(4, 6, 3, 2, 8));
      // After one that had its thumbnails, one HEAD more; for one that has them, one listing more
      assertThat(CallRun.measure(server, CallRun.SPECS.get(0), false))
          .isEqualTo(new CallRun.Result(5, 6, 4, 3, 8));
      // A thumbnail has one possible key: never a listing
      for (boolean same : List.of(true, false)) {
        assertThat(CallRun.measure(server, CallRun.SPECS.get(1), same))
            .isEqualTo(new CallRun.Result(4, 5, 3, 2, 8));
      }
    }
  }
}
