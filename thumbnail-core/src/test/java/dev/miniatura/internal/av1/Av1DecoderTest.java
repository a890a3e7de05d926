package dev.miniatura.internal.av1;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.UnsupportedImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Av1DecoderTest {

  private static final int LARGEST = 72;

  private static List<String[]> references() throws IOException {
    try (InputStream in = Av1DecoderTest.class.getResourceAsStream("random-streams.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().map(line -> line.split(" ", -1)).toList();
    }
  }

  @Test
  void decodesAsTheReferenceDecoders() throws IOException {
    Av1Options exact = Pictures.exact(Limits.defaults());
    List<String> wrong = new ArrayList<>();
    for (String[] reference : references()) {
      byte[] stream = new RandomStream(Long.parseLong(reference[0]), LARGEST).write();
      assertEquals(
          reference[1], Long.toHexString(Pictures.crc(stream)), "stream of " + reference[0]);
      if (!reference[2].equals(crc(stream, exact))) {
        wrong.add(reference[0]);
      }
      if (!reference[3].equals("-") && !reference[3].equals(crc(stream, exact.withoutFilters()))) {
        wrong.add(reference[0] + " without filters");
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static String crc(byte[] stream, Av1Options options) throws IOException {
    return Long.toHexString(Pictures.crc(Pictures.decode(stream, options)));
  }

  @Test
  void skipsWhatItDoesNotKnow() throws IOException {
    byte[] stream = new RandomStream(1, LARGEST).write();
    BitWriter out = new BitWriter();
    out.bytes(BitWriter.obu(15, new byte[] {1, 2, 3})); // padding
    out.bytes(BitWriter.obu(9, new byte[] {4})); // reserved
    out.bytes(BitWriter.obu(5, new byte[200])); // metadata
    out.bytes(stream);
    byte[] longer = Arrays.copyOf(out.toByteArray(), out.toByteArray().length + 40); // not read
    Av1Options options = Pictures.exact(Limits.defaults());
    assertArrayEquals(Pictures.decode(stream, options), Pictures.decode(longer, options));
  }

  @Test
  void refusesInterFramesByName() {
    BitWriter sequence = new BitWriter();
    sequence.bits(5, 0); // profile, not a still picture
    sequence.bits(2, 0); // timing_info, initial_display_delay
    sequence.bits(5, 0); // one operating point
    sequence.bits(17, 0); // its idc and level
    sequence.bits(8, 0x77);
    sequence.bits(16, 0x0f0f); // 16 × 16
    sequence.bits(1, 0); // frame ids
    sequence.bits(3, 0);
    sequence.bits(4, 0);
    sequence.bits(1, 0); // order hint
    sequence.bits(2, 3); // screen content, integer vectors: chosen by the frame
    sequence.bits(3, 0);
    sequence.bits(4, 0); // 8 bits, color, unspecified, limited range
    sequence.bits(2, 0);
    sequence.bits(2, 0);
    sequence.trail();
    BitWriter frame = new BitWriter();
    frame.bits(4, 3); // inter frame, shown
    frame.bits(20, 0);
    BitWriter out = new BitWriter();
    out.bytes(BitWriter.obu(1, sequence.toByteArray()));
    out.bytes(BitWriter.obu(6, frame.toByteArray()));
    UnsupportedImageException error =
        assertThrows(UnsupportedImageException.class, () -> decode(out.toByteArray()));
    assertEquals("AV1: inter frames", error.feature());
  }

  private static void decode(byte[] stream) throws IOException {
    Pictures.decode(stream, Pictures.exact(Limits.defaults()));
  }

  @Test
  void namesTheByteOfAFault() throws IOException {
    byte[] stream = new RandomStream(2, LARGEST).write();
    MalformedImageException cut =
        assertThrows(
            MalformedImageException.class, () -> decode(Arrays.copyOf(stream, stream.length - 1)));
    assertTrue(cut.offset() > 0 && cut.offset() < stream.length, cut.getMessage());
    assertThrows(MalformedImageException.class, () -> decode(new byte[0]));
    byte[] noSequence = Arrays.copyOfRange(stream, 4 + stream[3], stream.length);
    assertThrows(MalformedImageException.class, () -> decode(noSequence));
  }

  @Test
  void checksLimitsBeforeAnythingIsAllocated() throws IOException {
    byte[] stream = hugeStream();
    Limits limits = Limits.defaults().withPixels(1_000_000);
    LimitExceededException pixels =
        assertThrows(
            LimitExceededException.class, () -> Pictures.decode(stream, Pictures.exact(limits)));
    assertEquals(Limits.Kind.PIXELS, pixels.limit());
    Limits memory = Limits.defaults().withPixels(Long.MAX_VALUE).withWorkingBytes(16 << 20);
    LimitExceededException bytes =
        assertThrows(
            LimitExceededException.class, () -> Pictures.decode(stream, Pictures.exact(memory)));
    assertEquals(Limits.Kind.WORKING_BYTES, bytes.limit());
    Limits side = Limits.defaults().withPixels(Long.MAX_VALUE).withDimension(10_000);
    LimitExceededException dimension =
        assertThrows(
            LimitExceededException.class, () -> Pictures.decode(stream, Pictures.exact(side)));
    assertEquals(Limits.Kind.DIMENSION, dimension.limit());
  }

  /** A frame of 60,000 × 60,000 with a deblocking filter and no data. */
  private static byte[] hugeStream() {
    BitWriter sequence = new BitWriter();
    sequence.bits(3, 0);
    sequence.bits(2, 3);
    sequence.bits(5, 0);
    sequence.bits(8, 0xff);
    sequence.bits(16, 59_999);
    sequence.bits(16, 59_999);
    sequence.bits(3, 0);
    sequence.bits(3, 0);
    sequence.bits(4, 0);
    sequence.bits(2, 0);
    sequence.bits(2, 0);
    sequence.trail();
    BitWriter frame = new BitWriter();
    frame.bits(3, 0);
    frame.bits(1, 1); // uniform tiles: 16 × 32
    frame.bits(2, 0);
    frame.bits(9, 0); // context_update_tile_id
    frame.bits(2, 3);
    frame.bits(8, 100);
    frame.bits(5, 0);
    frame.bits(1, 0);
    frame.bits(6, 20);
    frame.bits(6, 20);
    frame.bits(12, 0);
    frame.bits(6, 0);
    BitWriter tiles = new BitWriter();
    tiles.bits(8, 0);
    for (int i = 0; i < 16 * 32; i++) {
      tiles.bits(32, 0);
      tiles.bits(8, 0x80);
    }
    frame.align();
    frame.bytes(tiles.toByteArray());
    BitWriter out = new BitWriter();
    out.bytes(BitWriter.obu(1, sequence.toByteArray()));
    out.bytes(BitWriter.obu(6, frame.toByteArray()));
    return out.toByteArray();
  }

  @Test
  void endsTypedWhateverTheBytes() throws IOException {
    Random random = new Random(5);
    Limits limits = Limits.defaults().withPixels(400_000).withWorkingBytes(32 << 20);
    int decoded = 0;
    for (int i = 0; i < 1_500; i++) {
      byte[] stream = new RandomStream(i % 50, 48).write();
      for (int k = random.nextInt(4); k >= 0; k--) {
        int reach = random.nextBoolean() ? Math.min(40, stream.length) : stream.length;
        stream[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
      }
      if (random.nextInt(10) == 0) {
        stream = Arrays.copyOf(stream, random.nextInt(stream.length));
      }
      try {
        Pictures.decode(stream, Pictures.exact(limits));
        decoded++;
      } catch (ThumbnailException e) {
        assertTrue(e.getMessage().contains("AV1") || e instanceof LimitExceededException);
      }
    }
    assertTrue(decoded > 100, decoded + " decoded");
  }
}
