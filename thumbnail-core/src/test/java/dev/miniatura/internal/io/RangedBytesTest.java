package dev.miniatura.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangedBytesTest {

  private static final int KIB = 1 << 10;
  private static final int FIRST = 100 * KIB;

  /** A stream that sends ranges of bytes in pieces of any length, and says which. */
  private static final class Ranges extends InputStream implements RangedInput {
    final List<String> requests = new ArrayList<>();
    private final Random random = new Random(3);
    private final byte[] content;
    private final int length; // as claimed
    private int position;
    private int end = FIRST;
    private long sent;

    Ranges(byte[] content, int length) {
      this.content = content;
      this.length = length;
    }

    @Override
    public long requestedTo() {
      return end;
    }

    @Override
    public void request(long from, long to) {
      assertThat(to).isGreaterThan(from).isLessThanOrEqualTo(length);
      requests.add(from / KIB + "-" + to / KIB);
      position = (int) from;
      end = (int) to;
    }

    @Override
    public int read() {
      throw new AssertionError("single bytes are slow");
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      assertThat(position).as("read on only within a range").isLessThan(end);
      int piece = Math.min(Math.min(count, end - position), 1 + random.nextInt(20_000));
      piece = Math.min(piece, content.length - position);
      if (piece <= 0) {
        return -1;
      }
      System.arraycopy(content, position, target, offset, piece);
      position += piece;
      sent += piece;
      return piece;
    }
  }

  private static SourceBytes open(Ranges ranges, int prefix) throws IOException {
    ImageSource source =
        new ImageSource() {
          @Override
          public InputStream open() {
            return ranges;
          }

          @Override
          public OptionalLong length() {
            return OptionalLong.of(ranges.length);
          }
        };
    InputWindow window =
        InputWindow.open(source, Limits.defaults(), new Deadline(Duration.ofMinutes(1)));
    window.require(prefix);
    return window.neededBytes();
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  private static void check(SourceBytes bytes, byte[] content, int from, int length)
      throws IOException {
    byte[] read = new byte[length];
    int count = bytes.read(from, read, 0, length);
    assertThat(Math.max(0, count)).isEqualTo(Math.max(0, Math.min(length, content.length - from)));
    assertThat(Arrays.equals(read, 0, Math.max(0, count), content, from, from + Math.max(0, count)))
        .isTrue();
  }

  @Test
  void read_anyOrder_givesTheBytes() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      byte[] content = content(FIRST + 1 + random.nextInt(4_000_000));
      Ranges ranges = new Ranges(content, content.length);
      SourceBytes bytes = open(ranges, random.nextInt(FIRST));
      for (int i = 0; i < 60; i++) {
        int from = random.nextInt(content.length);
        if (random.nextInt(3) == 0) {
          bytes.willRead(from, from + random.nextInt(2_000_000));
        }
        check(bytes, content, from, random.nextInt(i % 20 == 0 ? 1_000_000 : 5_000));
        check(bytes, content, random.nextInt(FIRST), 10);
      }
      assertThat(bytes.at(content.length)).isEqualTo(-1);
      assertThat(bytes.at(-1)).isEqualTo(-1);
      assertThat(bytes.all()).isEqualTo(content);
    }
  }

  @Test
  void read_knownParts_takesOneRequestForEachRunAndNothingBetween() throws IOException {
    byte[] content = content(8_000 * KIB);
    Ranges ranges = new Ranges(content, content.length);
    SourceBytes bytes = open(ranges, 10);
    check(bytes, content, 0, 5_000);
    bytes.willRead(2_000 * KIB + 1, 2_500 * KIB);
    bytes.willRead(2_500 * KIB, 3_000 * KIB - 1);
    bytes.willRead(3_200 * KIB, 3_300 * KIB); // the gap is shorter than a request
    bytes.willRead(6_000 * KIB, 7_000 * KIB);
    for (int from = 2_000 * KIB + 1; from < 3_300 * KIB; from += 50_000) {
      check(bytes, content, from, Math.min(50_000, 3_300 * KIB - from));
    }
    check(bytes, content, 6_000 * KIB, 1_000 * KIB);
    check(bytes, content, 2_400 * KIB, 500 * KIB); // is held
    assertThat(ranges.requests).containsExactly("2000-3312", "6000-7008");
    assertThat(ranges.sent).isLessThan((FIRST + (1_312 + 1_008) * KIB));
  }

  @Test
  void read_withinTheRangeOrShortlyAfter_leavesNothingOut() throws IOException {
    byte[] content = content(1_000 * KIB);
    Ranges ranges = new Ranges(content, content.length);
    SourceBytes bytes = open(ranges, 10);
    check(bytes, content, 90 * KIB, 10);
    assertThat(ranges.requests).isEmpty();
    check(bytes, content, 350 * KIB, 10);
    assertThat(ranges.requests).containsExactly("100-592");
    check(bytes, content, 200 * KIB, 10); // is held
    assertThat(ranges.requests).hasSize(1);
  }

  @Test
  void read_endOfTheSourceFirst_goesBackOnce() throws IOException {
    byte[] content = content(5_000 * KIB + 77);
    Ranges ranges = new Ranges(content, content.length);
    SourceBytes bytes = open(ranges, 10);
    check(bytes, content, 0, 100);
    check(bytes, content, 4_990 * KIB, 20_000);
    bytes.willRead(100, 4_990 * KIB);
    check(bytes, content, 100, 4_980 * KIB);
    assertThat(ranges.requests).containsExactly("4976-5000", "96-4992");
  }

  @Test
  void read_partsAllOver_takesABoundedNumberOfRequests() throws IOException {
    byte[] content = content(80_000 * KIB);
    Ranges ranges = new Ranges(content, content.length);
    SourceBytes bytes = open(ranges, 10);
    for (int from = 0; from + 40_000 * KIB < content.length; from += 600 * KIB) {
      bytes.willRead(from + 40_000L * KIB, from + 40_000L * KIB + 10);
      check(bytes, content, from + 40_000 * KIB, 10);
      bytes.willRead(from, from + 10);
      check(bytes, content, from, 10);
    }
    assertThat(ranges.requests.size()).isLessThan(140);
    assertThat(ranges.sent).isLessThan(2L * content.length);
  }

  @Test
  void willRead_positionsBeyondAnything_areIgnored() throws IOException {
    byte[] content = content(1_000 * KIB);
    Ranges ranges = new Ranges(content, content.length);
    SourceBytes bytes = open(ranges, 10);
    bytes.willRead(Long.MAX_VALUE - 5, Long.MIN_VALUE);
    bytes.willRead(500 * KIB, Long.MAX_VALUE);
    check(bytes, content, 800 * KIB, 10);
    assertThat(ranges.requests).containsExactly("800-1000");
  }

  @Test
  void read_sourceShorterThanItClaims_isAnError() throws IOException {
    Ranges ranges = new Ranges(content(600 * KIB), 1_000 * KIB);
    SourceBytes bytes = open(ranges, 10);
    assertThatThrownBy(() -> bytes.at(700 * KIB)).isInstanceOf(EOFException.class);
  }
}
