package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontierTest {

  @Test
  void last_keysEndInAnyOrder_passesNoneThatIsOpen() {
    Frontier frontier = new Frontier("0");
    frontier.begin("a");
    frontier.begin("b");
    frontier.begin("c");
    assertThat(frontier.end("b", Optional.of("about b"))).isEmpty();
    assertThat(frontier.last()).isEqualTo("0");
    assertThat(frontier.end("a", Optional.of("about a"))).containsExactly("about a", "about b");
    assertThat(frontier.last()).isEqualTo("b");
    assertThat(frontier.end("c", Optional.empty())).isEmpty();
    assertThat(frontier.last()).isEqualTo("c");
  }

  @Test
  void end_keyThatWasNotBegun_doesNotMoveIt() {
    Frontier frontier = new Frontier("m");
    assertThat(frontier.end("a", Optional.of("about a"))).containsExactly("about a");
    assertThat(frontier.last()).isEqualTo("m");
  }
}
