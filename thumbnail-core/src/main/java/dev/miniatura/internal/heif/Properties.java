package dev.miniatura.internal.heif;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.CodecConfiguration;
import dev.miniatura.internal.codec.CodedBytes;
import dev.miniatura.internal.codec.ColorDescription;
import dev.miniatura.internal.heif.Item.Property;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the properties of an item (ISO/IEC 23008-12, clause 6.5). Of several of a kind, the first
 * counts.
 */
record Properties(Item item, SourceBytes bytes) {

  private static final int ISPE = FourCc.of("ispe");
  private static final int COLR = FourCc.of("colr");
  private static final int AUXC = FourCc.of("auxC");
  private static final int AUXI = FourCc.of("auxi");
  private static final int CLAP = FourCc.of("clap");
  private static final int IROT = FourCc.of("irot");
  private static final int IMIR = FourCc.of("imir");
  private static final int HVCC = FourCc.of("hvcC");
  private static final int AV1C = FourCc.of("av1C");
  private static final int A1OP = FourCc.of("a1op");
  private static final int A1LX = FourCc.of("a1lx");
  private static final int LSEL = FourCc.of("lsel");
  private static final int NCLX = FourCc.of("nclx");
  private static final int RICC = FourCc.of("rICC");
  private static final int PROF = FourCc.of("prof");

  /** Essential properties that this reader supports or need not know. */
  private static final Set<String> KNOWN =
      Set.of(
          "ispe", "pixi", "pasp", "colr", "auxC", "clap", "irot", "imir", "rloc", "hvcC", "lhvC",
          "av1C", "a1op", "a1lx", "lsel", "oinf", "tols", "clli", "mdcv", "cclv", "amve", "avcC",
          "vvcC", "jpgC", "j2kH", "uncC", "cmpd");

  private static final Set<String> ALPHA =
      Set.of(
          "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
          "urn:mpeg:hevc:2015:auxid:1",
          "urn:mpeg:avc:2015:auxid:1");

  private static final int MAX_URN = 128;
  private static final int MAX_CONFIG = 1 << 20;
  private static final int MAX_PROFILE = 16 << 20;

  /** {@code layer_id} that stands for all layers. */
  private static final int ALL_LAYERS = 0xffff;

  record Size(int width, int height) {}

  static Properties of(Item item, SourceBytes bytes) {
    return new Properties(item, bytes);
  }

  private @Nullable BoxReader find(int type) {
    for (Property property : item.properties) {
      if (property.box().type() == type) {
        return property.box().reader(bytes);
      }
    }
    return null;
  }

  /** Refuses an item with an unknown essential property. */
  void requireKnown() throws UnsupportedImageException {
    for (Property property : item.properties) {
      String name = FourCc.name(property.box().type());
      if (property.essential() && !KNOWN.contains(name)) {
        throw new UnsupportedImageException("HEIF: property " + name);
      }
    }
  }

  /** Returns the size of the item's picture; null if there is no {@code ispe}. */
  @Nullable Size size() throws IOException {
    BoxReader in = find(ISPE);
    if (in == null) {
      return null;
    }
    in.u32();
    long width = in.u32();
    long height = in.u32();
    if (width == 0 || height == 0) {
      throw in.malformed("size of " + width + " x " + height);
    }
    if (Math.max(width, height) > Integer.MAX_VALUE) {
      throw new LimitExceededException(
          Limits.Kind.DIMENSION, Integer.MAX_VALUE, Math.max(width, height));
    }
    return new Size((int) width, (int) height);
  }

  /** Returns the item's codec configuration for the lowest of its layers. */
  CodecConfiguration lowestLayer() throws IOException {
    CodecConfiguration whole = configuration();
    return new CodecConfiguration(whole.itemType(), whole.bytes(), whole.operatingPoint(), 0);
  }

  /** Returns the item's codec configuration. */
  CodecConfiguration configuration() throws IOException {
    BoxReader in = configurationBox();
    CodedBytes bytes =
        in == null
            ? CodedBytes.of(new byte[0], -1)
            : CodedBytes.of(in.rest(MAX_CONFIG), in.position());
    return new CodecConfiguration(FourCc.name(item.type), bytes, operatingPoint(), layer());
  }

  private @Nullable BoxReader configurationBox() {
    return find(Picture.isHevc(item.type) ? HVCC : AV1C);
  }

  /**
   * Returns the position of the item's configuration; items with the same one can share a decoder.
   */
  long configurationPosition() {
    BoxReader in = configurationBox();
    return in == null ? -1 : in.position();
  }

  /** Returns the sample format in the configuration; null for unknown codecs. */
  @Nullable CodedFormat format() throws IOException {
    if (!Picture.isHevc(item.type) && !Picture.isAv1(item.type)) {
      return null;
    }
    BoxReader in = configurationBox();
    byte[] config = in == null ? new byte[0] : in.rest(MAX_CONFIG);
    return Picture.isHevc(item.type) ? CodedFormat.ofHevc(config) : CodedFormat.ofAv1(config);
  }

  /** Returns whether the item may be coded in layers, one of which is the picture. */
  boolean isLayered() {
    return find(A1OP) != null || find(LSEL) != null || find(A1LX) != null;
  }

  /** Returns the content of the {@code colr} boxes. */
  Colors colors() throws IOException {
    byte[] profile = null;
    ColorDescription nclx = null;
    for (Property property : item.properties) {
      if (property.box().type() == COLR) {
        BoxReader in = property.box().reader(bytes);
        int type = in.i32();
        if (type == NCLX && nclx == null) {
          nclx = new ColorDescription(in.u16(), in.u16(), in.u16(), in.u8() >> 7 != 0);
        } else if ((type == PROF || type == RICC) && profile == null && in.left() > 0) {
          profile = in.rest(MAX_PROFILE);
        }
      }
    }
    return new Colors(profile, nclx);
  }

  /** Returns whether the item is the transparency of another item. */
  boolean isAlpha() throws IOException {
    BoxReader in = find(AUXC);
    in = in == null ? find(AUXI) : in;
    if (in == null) {
      return false;
    }
    in.u32();
    String type = new String(in.rest(MAX_URN), ISO_8859_1);
    int end = type.indexOf(0);
    return ALPHA.contains(end < 0 ? type : type.substring(0, end));
  }

  /** Returns {@code op_index}: the operating point of the AV1 sequence to decode. */
  private int operatingPoint() throws IOException {
    BoxReader in = find(A1OP);
    return in == null ? 0 : in.u8();
  }

  /** Returns {@code layer_id}: the spatial layer that is the picture; −1 for the highest. */
  private int layer() throws IOException {
    BoxReader in = find(LSEL);
    int layer = in == null ? ALL_LAYERS : in.u16();
    return layer == ALL_LAYERS ? -1 : layer;
  }

  /** Applies {@code clap}, {@code irot} and {@code imir}, in the item's order. */
  Placement place(Placement whole) throws IOException {
    Placement placement = whole;
    for (Property property : item.properties) {
      BoxReader in = property.box().reader(bytes);
      int type = property.box().type();
      if (type == IROT) {
        placement = placement.rotated(in.u8() & 3);
      } else if (type == IMIR) {
        placement = (in.u8() & 1) == 0 ? placement.flippedRows() : placement.flippedColumns();
      } else if (type == CLAP) {
        placement = clean(placement, in);
      }
    }
    return placement;
  }

  /**
   * Crops to the clean aperture (ISO/IEC 14496-12, clause 12.1.4): its size, and the distance of
   * its center from the picture's center, as fractions. Partial pixels are dropped.
   */
  private static Placement clean(Placement placement, BoxReader in) throws IOException {
    double width = fraction(in, false);
    double height = fraction(in, false);
    double x = fraction(in, true) + (placement.width() - width) / 2;
    double y = fraction(in, true) + (placement.height() - height) / 2;
    return placement.cropped(Math.round(x), Math.round(y), Math.round(width), Math.round(height));
  }

  private static double fraction(BoxReader in, boolean signed) throws IOException {
    double numerator = signed ? in.i32() : in.u32();
    double denominator = in.u32();
    if (denominator == 0) {
      throw in.malformed("clap with a denominator of 0");
    }
    return numerator / denominator;
  }
}
