package dev.miniatura.internal.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.codec.CodecConfiguration;
import dev.miniatura.internal.codec.CodedBytes;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.codec.PictureHeader;
import dev.miniatura.internal.codec.PictureOptions;
import dev.miniatura.internal.codec.PictureSink;
import dev.miniatura.internal.codec.StillPictureDecoder;
import dev.miniatura.internal.io.Deadline;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The decoder as the container of AVIF sees it. */
class Av1CodecTest {

  private static final byte[] AV1C = {(byte) 0x81, 0, 0, 0};

  @Test
  void decode_andHeader_agree() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      byte[] stream = new RandomStream(seed, 72).write();
      StillPictureDecoder decoder = open(AV1C);
      Rows rows = new Rows();
      decoder.decode(CodedBytes.of(stream, 0), options(PictureArea.WHOLE, true), rows);
      byte[] start = Arrays.copyOf(stream, Math.min(stream.length, 200));
      PictureHeader header = decoder.header(CodedBytes.of(start, 0));
      assertThat(header.format()).isEqualTo(rows.format);
      assertThat(header.unfilteredWorkingBytes()).isLessThanOrEqualTo(header.workingBytes());
      Limits enough = Limits.defaults().withWorkingBytes(header.workingBytes());
      decoder.decode(
          CodedBytes.of(stream, 0),
          new PictureOptions(true, PictureArea.WHOLE, enough, new Deadline(enough.time())),
          new Rows());
    }
  }

  @Test
  void open_withTheSequenceHeader_decodesItemsWithoutIt() throws Exception {
    byte[] stream = new RandomStream(3, 72).write();
    int frame = 2 + 2 + stream[3]; // temporal delimiter, then the sequence header with its size
    assertThat(stream[2] >> 3 & 15).isEqualTo(1);
    byte[] configuration = Arrays.copyOf(AV1C, AV1C.length + frame - 2);
    System.arraycopy(stream, 2, configuration, AV1C.length, frame - 2);
    Rows rows = new Rows();
    open(configuration)
        .decode(
            new CodedBytes(stream, frame, stream.length, 0),
            options(PictureArea.WHOLE, true),
            rows);
    Rows whole = new Rows();
    open(AV1C).decode(CodedBytes.of(stream, 0), options(PictureArea.WHOLE, true), whole);
    assertThat(rows.samples).isEqualTo(whole.samples);
  }

  @Test
  void decode_anArea_leavesTheSamplesInItAsTheyAre() throws Exception {
    int fewer = 0;
    for (int seed = 0; seed < 200; seed++) {
      byte[] stream = new RandomStream(seed, 300).write();
      Rows whole = new Rows();
      open(AV1C).decode(CodedBytes.of(stream, 0), options(PictureArea.WHOLE, false), whole);
      int width = whole.format.width();
      int height = whole.format.height();
      PictureArea area =
          new PictureArea(width / 2, height / 3, width * 3 / 4 + 1, height * 2 / 3 + 1);
      Rows part = new Rows();
      open(AV1C).decode(CodedBytes.of(stream, 0), options(area, false), part);
      fewer += part.count < whole.count ? 1 : 0;
      for (int c = 0; c < whole.format.components(); c++) {
        int shiftX = c == 0 ? 0 : whole.format.shiftX();
        int shiftY = c == 0 ? 0 : whole.format.shiftY();
        int stride = whole.format.width(c);
        for (int y = area.top() >> shiftY; y < area.bottom() >> shiftY; y++) {
          int from = y * stride + (area.left() >> shiftX);
          int to = y * stride + (area.right() >> shiftX);
          assertThat(Arrays.mismatch(whole.samples[c], from, to, part.samples[c], from, to))
              .as("seed %d, component %d, row %d", seed, c, y)
              .isEqualTo(-1);
        }
      }
    }
    assertThat(fewer).isGreaterThan(10);
  }

  @Test
  void errors_tellThePositionInTheSource() throws Exception {
    byte[] stream = new RandomStream(3, 72).write();
    byte[] shifted = new byte[stream.length + 7];
    System.arraycopy(stream, 0, shifted, 7, stream.length - 1);
    CodedBytes item = new CodedBytes(shifted, 7, shifted.length - 8, 1000);
    assertThatThrownBy(() -> open(AV1C).decode(item, options(PictureArea.WHOLE, true), new Rows()))
        .isInstanceOfSatisfying(
            MalformedImageException.class,
            e -> assertThat(e.offset()).isBetween(1000L, 1000L + stream.length));
    assertThatThrownBy(() -> open(new byte[3])).isInstanceOf(MalformedImageException.class);
  }

  private static StillPictureDecoder open(byte[] configuration) throws IOException {
    return new Av1Codec().open(CodecConfiguration.of("av01", CodedBytes.of(configuration, 0)));
  }

  private static PictureOptions options(PictureArea area, boolean filters) {
    Limits limits = Limits.defaults();
    return new PictureOptions(filters, area, limits, new Deadline(limits.time()));
  }

  private static final class Rows implements PictureSink {

    private PictureFormat format;
    private short[][] samples;
    private long count;

    @Override
    public void begin(PictureFormat picture) {
      format = picture;
      samples = new short[picture.components()][];
      for (int c = 0; c < samples.length; c++) {
        samples[c] = new short[picture.width(c) * picture.height(c)];
      }
    }

    @Override
    public void rows(int c, int y, int rows, short[] from, int offset, int stride) {
      for (int i = 0; i < rows; i++) {
        int width = format.width(c);
        System.arraycopy(from, offset + i * stride, samples[c], (y + i) * width, width);
      }
      count += rows;
    }
  }
}
