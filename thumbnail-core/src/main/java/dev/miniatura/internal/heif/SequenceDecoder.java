package dev.miniatura.internal.heif;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.heif.Content.Tiles;
import dev.miniatura.internal.heif.Item.Extent;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the pictures of an image sequence (ISO/IEC 23008-12, clause 7), each independently. A
 * picture that is predicted from others is refused with its number: without it, the rest would not
 * be the animation.
 */
final class SequenceDecoder implements AnimationDecoder {

  private final HeifFile file;
  private final Picture first;
  private final HeifDecoder still;
  private final Track track;
  private final @Nullable Track alphaTrack;
  private final Allowance allowance;
  private @Nullable SampleTable samples;
  private @Nullable SampleTable alphaSamples;
  private @Nullable RasterLayout layout;
  private int index;

  /**
   * Creates a decoder.
   *
   * @param first the first picture of the track
   * @param still its decoder
   */
  SequenceDecoder(
      HeifFile file, Track track, Picture first, HeifDecoder still, Allowance allowance) {
    this.file = file;
    this.track = track;
    this.first = first;
    this.still = still;
    this.allowance = allowance;
    alphaTrack = file.alphaOf(track);
  }

  @Override
  public ImageHeader header() {
    return still.header();
  }

  @Override
  public void wanted(int left, int top, int right, int bottom) {
    still.wanted(left, top, right, bottom);
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    return still.plan(targetWidth, targetHeight, chromaHalved);
  }

  @Override
  public long heldOfSource() throws IOException {
    return still.heldOfSource();
  }

  @Override
  public int plays() {
    return track.plays();
  }

  @Override
  public int delayMillis() {
    long ticks = Objects.requireNonNull(samples).ticks(index);
    long scale = track.timescale();
    return scale == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (ticks * 1000 + scale / 2) / scale);
  }

  @Override
  public DecodePlan planFrames() throws IOException {
    SampleTable table = SampleTable.read(file.bytes, track.table(), allowance.limits());
    SampleTable ofAlpha =
        alphaTrack == null
            ? null
            : SampleTable.read(file.bytes, alphaTrack.table(), allowance.limits());
    int dependent = table.firstNotSync();
    if (dependent > 0) {
      throw refused(dependent, "inter frames");
    }
    samples = table;
    alphaSamples = ofAlpha;
    PictureDecoding decoding = open(0);
    RasterLayout frames = decoding.layout();
    layout = frames;
    long tables =
        table.heldBytes()
            + 2L * table.longest()
            + (ofAlpha == null ? 0 : ofAlpha.heldBytes() + 2L * ofAlpha.longest());
    return DecodePlan.of(
        frames,
        decoding.workingBytes(true) + tables + still.held(),
        "every picture of the sequence",
        (sink, notes) -> decode(decoding, frames, sink, notes));
  }

  private PictureDecoding open(int frame) throws IOException {
    SampleTable table = Objects.requireNonNull(samples);
    Picture picture = first.of(tile((Tiles) first.content(), track, table.sample(frame)));
    if (first.alpha() instanceof Tiles alpha && alphaTrack != null) {
      SampleTable ofAlpha = Objects.requireNonNull(alphaSamples);
      Extent data = ofAlpha.sample(Math.min(frame, ofAlpha.count() - 1));
      picture = picture.with(tile(alpha, alphaTrack, data), first.premultiplied());
    }
    return PictureDecoding.open(file, picture, (Tiles) picture.content(), true, allowance);
  }

  private static Tiles tile(Tiles of, Track track, Extent data) {
    return of.of(List.of(track.sample(data)));
  }

  private void decode(PictureDecoding decoding, RasterLayout frames, RowSink sink, Notes notes)
      throws IOException {
    decoding.note(header().format(), notes);
    sink.begin(frames);
    decoding.decode(true, PictureArea.WHOLE, sink);
  }

  private UnsupportedImageException refused(int frame, String feature) {
    return new UnsupportedImageException(
        "%s: picture %d of %d of a sequence: %s"
            .formatted(header().format(), frame + 1, header().frames(), feature));
  }

  @Override
  public boolean nextFrame(RowSink sink, Notes notes) throws IOException {
    int next = index + 1;
    if (next >= Objects.requireNonNull(samples).count()) {
      return false;
    }
    try {
      PictureDecoding decoding = open(next);
      RasterLayout frames = Objects.requireNonNull(layout);
      if (decoding.layout().color() != frames.color()) {
        throw Container.HEIF.malformed(-1, "pictures of several kinds in a sequence");
      }
      decode(decoding, frames, sink, notes);
    } catch (MalformedImageException e) {
      AnimationDecoder.noteEnd(header(), next, e, notes);
      return false;
    } catch (UnsupportedImageException e) {
      throw refused(next, e.feature());
    }
    index = next;
    return true;
  }
}
