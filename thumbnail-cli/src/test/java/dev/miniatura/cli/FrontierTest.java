package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrontierTest {

  @Test
  void last_keysEndInAnyOrder_passesNoneThatIsOpen() {
    Frontier frontier = new Frontier("0");
    frontier.begin("a");
    frontier.begin("b");
    frontier.begin("c");
    frontier.end("b");
    assertThat(frontier.last()).isEqualTo("0");
    frontier.end("a");
    assertThat(frontier.last()).isEqualTo("b");
    frontier.end("c");
    assertThat(frontier.last()).isEqualTo("c");
  }

  @Test
  void end_keyThatWasNotBegun_doesNotMoveIt() {
    Frontier frontier = new Frontier("m");
    frontier.end("a");
    assertThat(frontier.last()).isEqualTo("m");
  }
}
