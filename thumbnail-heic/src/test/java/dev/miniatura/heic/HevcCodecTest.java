package dev.miniatura.heic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.codec.CodecConfiguration;
import dev.miniatura.internal.codec.CodedBytes;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.codec.PictureHeader;
import dev.miniatura.internal.codec.PictureOptions;
import dev.miniatura.internal.codec.StillPictureDecoder;
import dev.miniatura.internal.io.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The decoder as the container of HEIC sees it. */
class HevcCodecTest {

  private static final int SETS = 3;

  @Test
  void decode_itemsWithParameterSetsOfTheConfiguration() throws Exception {
    for (long seed = 0; seed < 40; seed++) {
      StreamGenerator.Stream stream = StreamGenerator.generate(seed);
      int lengthBytes = 1 << (seed % 3);
      CodedBytes item;
      try {
        item = item(stream.units().subList(SETS, stream.units().size()), lengthBytes);
      } catch (IllegalArgumentException e) {
        continue; // longer than the field can say
      }
      StillPictureDecoder decoder = open(stream, lengthBytes);
      Planes planes = new Planes();
      decoder.decode(item, options(Limits.defaults()), planes);
      assertThat(planes.digest()).isEqualTo(stream.picture().digest());

      PictureHeader header = decoder.header(start(item));
      assertThat(header.format()).isEqualTo(planes.format);
      Limits enough = Limits.defaults().withWorkingBytes(header.workingBytes());
      decoder.decode(item, options(enough), planes);
      Limits little = Limits.defaults().withWorkingBytes(header.unfilteredWorkingBytes() - 1);
      assertThatThrownBy(() -> decoder.decode(item, options(little), new Planes()))
          .isInstanceOf(LimitExceededException.class);
    }
  }

  @Test
  void decode_parameterSetsInTheItem() throws Exception {
    StreamGenerator.Stream stream = StreamGenerator.generate(5);
    CodedBytes item = item(stream.units(), 4);
    byte[] empty = new byte[23];
    empty[0] = 1;
    empty[21] = 3;
    StillPictureDecoder decoder = open(CodedBytes.of(empty, 0));
    Planes planes = new Planes();
    assertThat(decoder.header(item).format()).isEqualTo(stream.picture().format);
    decoder.decode(item, options(Limits.defaults()), planes);
    assertThat(planes.digest()).isEqualTo(stream.picture().digest());
  }

  @Test
  void decode_largerThanAllowed_isRefused() throws Exception {
    StreamGenerator.Stream stream = StreamGenerator.generate(5);
    CodedBytes item = item(stream.units().subList(SETS, stream.units().size()), 4);
    for (Limits limits :
        List.of(Limits.defaults().withPixels(10), Limits.defaults().withDimension(4))) {
      assertThatThrownBy(() -> open(stream, 4).decode(item, options(limits), new Planes()))
          .isInstanceOf(LimitExceededException.class);
    }
    PictureOptions late =
        new PictureOptions(
            true, PictureArea.WHOLE, Limits.defaults(), new Deadline(Duration.ofNanos(1)));
    assertThatThrownBy(() -> open(stream, 4).decode(item, late, new Planes()))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("time");
  }

  @Test
  void errors_tellThePositionInTheSource() throws Exception {
    StreamGenerator.Stream stream = StreamGenerator.generate(5);
    CodedBytes item = item(stream.units().subList(SETS, stream.units().size()), 4);
    CodedBytes cut = new CodedBytes(item.array(), 0, item.end() - 1, 500);
    assertThatThrownBy(() -> open(stream, 4).decode(cut, options(Limits.defaults()), new Planes()))
        .isInstanceOfSatisfying(
            MalformedImageException.class,
            e -> assertThat(e.offset()).isBetween(500L, 500L + item.length()));
    byte[] record = configuration(stream.units().subList(0, SETS), 4);
    for (int length = 0; length < record.length; length++) {
      CodedBytes part = CodedBytes.of(Arrays.copyOf(record, length), 0);
      assertThatThrownBy(() -> open(part)).isInstanceOf(MalformedImageException.class);
    }
  }

  private static StillPictureDecoder open(StreamGenerator.Stream stream, int lengthBytes)
      throws IOException {
    byte[] record = configuration(stream.units().subList(0, SETS), lengthBytes);
    return open(CodedBytes.of(record, 0));
  }

  private static StillPictureDecoder open(CodedBytes record) throws IOException {
    return new HevcCodec().open(CodecConfiguration.of("hvc1", record));
  }

  private static PictureOptions options(Limits limits) {
    return new PictureOptions(true, PictureArea.WHOLE, limits, new Deadline(limits.time()));
  }

  private static CodedBytes start(CodedBytes item) {
    int length = Math.min(item.length(), StillPictureDecoder.HEADER_BYTES);
    return new CodedBytes(item.array(), 0, length, 0);
  }

  private static byte[] configuration(List<byte[]> sets, int lengthBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    out.writeBytes(new byte[20]);
    out.write(0xfc | (lengthBytes - 1));
    out.write(sets.size());
    for (byte[] set : sets) {
      out.write(set[0] >> 1 & 0x3f);
      out.writeBytes(new byte[] {0, 1, (byte) (set.length >> 8), (byte) set.length});
      out.writeBytes(set);
    }
    return out.toByteArray();
  }

  private static CodedBytes item(List<byte[]> units, int lengthBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      if ((unit.length >> (8 * lengthBytes)) != 0 && lengthBytes < 4) {
        throw new IllegalArgumentException(unit.length + " in " + lengthBytes + " bytes");
      }
      for (int i = lengthBytes - 1; i >= 0; i--) {
        out.write(unit.length >> (8 * i));
      }
      out.writeBytes(unit);
    }
    return CodedBytes.of(out.toByteArray(), 0);
  }
}
