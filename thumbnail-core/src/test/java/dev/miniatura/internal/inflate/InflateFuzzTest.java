package dev.miniatura.internal.inflate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.MalformedImageException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** On damaged streams, the reader and the JDK's Inflater must agree on the error, if any. */
class InflateFuzzTest {

  private static final int ROUNDS = 20_000;

  private record Outcome(String verdict, @SuppressWarnings("ArrayRecordComponent") byte[] data) {}

  @Test
  void inflate_flippedBits_agreesWithTheJdk() throws Exception {
    Random random = new Random(20_260_101);
    int invalid = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] data = Streams.data(random.nextInt(6), 1 + random.nextInt(600), random);
      byte[] stream = Streams.deflate(data, random.nextInt(10), random.nextInt(3));
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Outcome expected = jdk(stream);
      Outcome actual = ours(stream, random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(40));
      assertThat(actual.verdict).as("round %d", round).isEqualTo(expected.verdict);
      if (expected.verdict.equals("good")) {
        assertThat(actual.data).isEqualTo(expected.data);
      } else if (expected.verdict.equals("invalid")) {
        invalid++;
      }
    }
    assertThat(invalid).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void inflate_randomBlocks_agreesWithTheJdk() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] stream = new byte[2 + random.nextInt(120)];
      random.nextBytes(stream);
      stream[0] = 0x78;
      stream[1] = 1;
      if (stream.length > 2) {
        stream[2] = (byte) ((stream[2] & 0xf8) | random.nextInt(3) << 1);
      }
      assertThat(ours(stream, 1 << 20).verdict)
          .as("round %d", round)
          .isEqualTo(jdk(stream).verdict);
    }
  }

  private static Outcome ours(byte[] stream, int segment) throws IOException {
    try {
      return new Outcome("good", Streams.inflate(stream, segment));
    } catch (MalformedImageException e) {
      return new Outcome("invalid", new byte[0]);
    } catch (EOFException e) {
      return new Outcome("truncated", new byte[0]);
    }
  }

  private static Outcome jdk(byte[] stream) {
    Inflater inflater = new Inflater();
    inflater.setInput(stream);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    try {
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        out.write(buffer, 0, count);
        if (inflater.needsDictionary()) {
          return new Outcome("invalid", new byte[0]);
        }
        if (count == 0 && inflater.needsInput()) {
          return new Outcome("truncated", new byte[0]);
        }
      }
      return new Outcome("good", out.toByteArray());
    } catch (DataFormatException e) {
      return new Outcome("invalid", new byte[0]);
    } finally {
      inflater.end();
    }
  }
}
