package dev.miniatura.internal.icon;

import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decodes icons, which hold one picture in several sizes: the smallest that is large enough for the
 * target, otherwise the largest. One that is truncated, unreadable or completely transparent gives
 * way to another. A picture is held in memory.
 */
public final class IconDecoder implements ImageDecoder {

  private static final int PIXEL_BYTES = 4;
  private static final int PICTURES_HELD = 2; // the one that is read, and a blank one before it

  private final Container container;
  private final SourceBytes bytes;
  private final Contents contents; // the best of the largest first
  private final ImageHeader header;

  private IconDecoder(
      Container container, SourceBytes bytes, Contents contents, ImageHeader header) {
    this.container = container;
    this.bytes = bytes;
    this.contents = contents;
    this.header = header;
  }

  /**
   * The pictures that a file lists.
   *
   * @param readable those that may be readable
   * @param allKnown whether there are no others, of a format that is not recognized
   * @param jpeg2000 whether there are others in JPEG 2000, which is not supported
   */
  record Contents(List<IconPicture> readable, boolean allKnown, boolean jpeg2000) {}

  /**
   * Opens a file, reading its list of pictures and the header of the largest.
   *
   * @throws UnsupportedImageException if the format of all pictures is unsupported
   */
  public static IconDecoder open(
      Container container, SourceBytes bytes, Deadline deadline, Limits limits) throws IOException {
    Contents contents =
        container == Container.ICNS
            ? MacIcons.read(bytes, limits, deadline)
            : WindowsIcons.read(container, bytes, limits, deadline);
    List<IconPicture> pictures = new ArrayList<>(contents.readable);
    Comparator<IconPicture> bySize = Comparator.comparing(IconPicture::area);
    pictures.sort(bySize.thenComparing(IconPicture::bits).reversed());
    boolean allKnown = contents.allKnown;
    MalformedImageException problem = null;
    while (!pictures.isEmpty()) {
      try {
        ImageHeader best = pictures.get(0).open().header();
        ImageHeader header =
            ImageHeader.of(
                    container.name(),
                    best.width(),
                    best.height(),
                    best.color(),
                    best.bitsPerSample())
                .frames(pictures.size())
                .alpha(true)
                .iccProfile(best.iccProfile())
                .build();
        return new IconDecoder(
            container,
            bytes,
            new Contents(List.copyOf(pictures), allKnown, contents.jpeg2000),
            header);
      } catch (MalformedImageException e) {
        problem = problem == null ? e : problem;
        allKnown = false;
        pictures.remove(0);
      }
    }
    if (contents.jpeg2000) {
      throw new UnsupportedImageException(container + ": pictures in JPEG 2000 only");
    }
    throw problem == null ? container.malformed(-1, "has no picture") : problem;
  }

  @Override
  public ImageHeader header() {
    return header;
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    List<IconPicture> order = inOrder(targetWidth, targetHeight);
    IconPicture first = order.get(0);
    IconPicture largest = contents.readable.get(0);
    DecodePlan own;
    try {
      own = first.open().plan(targetWidth, targetHeight, chromaHalved);
    } catch (MalformedImageException e) {
      own = largest.open().plan(targetWidth, targetHeight, chromaHalved); // its header was read
    }
    return DecodePlan.of(
        own.layout().of(header.width(), header.height()),
        own.workingBytes() + PICTURES_HELD * PIXEL_BYTES * largest.area() + heldOfSource(),
        "picture of %d x %d".formatted(first.width(), first.height()),
        (sink, notes) -> decode(order, sink, notes));
  }

  /**
   * Returns the pictures in the order in which they are tried: the smallest sufficient one, then
   * larger ones, then smaller ones, the largest first; truncated ones last.
   */
  private List<IconPicture> inOrder(double width, double height) {
    List<IconPicture> order = new ArrayList<>();
    for (boolean complete : new boolean[] {true, false}) {
      List<IconPicture> some = new ArrayList<>();
      for (IconPicture each : contents.readable) {
        boolean enough = each.width() >= width && each.height() >= height;
        boolean sameSize = !some.isEmpty() && some.get(0).area() == each.area();
        if (each.complete() != complete) {
          continue;
        }
        if (enough && !sameSize) {
          some.add(0, each);
        } else {
          some.add(enough ? Math.min(1, some.size()) : some.size(), each);
        }
      }
      order.addAll(some);
    }
    return order;
  }

  private void decode(List<IconPicture> order, RowSink sink, Notes notes) throws IOException {
    if (contents.jpeg2000) {
      notes.mention(
          header.format(), "JPEG 2000 is not supported", "another of its pictures is shown");
    }
    if (!contents.allKnown) {
      notes.add(
          header.format(), "a picture cannot be recognized", "another of its pictures is shown");
    }
    if (order.get(0).complete() && order.stream().anyMatch(each -> !each.complete())) {
      notes.add(header.format(), "a picture is truncated", "another of its pictures is shown");
    }
    MalformedImageException problem = null;
    HeldPicture blank = null;
    for (IconPicture each : order) {
      try {
        HeldPicture held = new HeldPicture();
        Notes own = new Notes();
        each.open().plan(each.width(), each.height()).decode(held, own);
        if (!held.isBlank()) {
          notes.addAll(own);
          held.push(sink, header.width(), header.height());
          return;
        }
        blank = blank == null ? held : blank;
      } catch (MalformedImageException e) {
        problem = problem == null ? e : problem;
        if (order.size() > 1) {
          notes.add(header.format(), e.reason(), "another of its pictures is shown");
        }
      }
    }
    if (blank == null) {
      throw problem == null ? container.malformed(-1, "has no picture") : problem;
    }
    blank.push(sink, header.width(), header.height());
  }
}
