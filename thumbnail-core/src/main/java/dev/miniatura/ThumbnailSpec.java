package dev.miniatura;

import static dev.miniatura.SpecOption.SET;

import dev.miniatura.internal.bytes.Sha256;
import dev.miniatura.internal.imageio.Overlay;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Describes a thumbnail: a value with a canonical text. {@code parse(spec.toString())} equals the
 * spec, unless filters are attached. The same text is used as command-line flag, as environment
 * variable and, hashed, as the key that identifies finished work.
 *
 * <pre>{@code
 * ThumbnailSpec inCode = ThumbnailSpec.cover(320, 240).gravity(Gravity.NORTH).quality(70);
 * ThumbnailSpec asText = ThumbnailSpec.parse("cover:320x240,gravity:north,quality:70"); // equal
 * }</pre>
 *
 * <p>The text is a geometry followed by options, separated by commas. Options at their default are
 * left out of the canonical text.
 *
 * <table>
 * <caption>Grammar</caption>
 * <tr><th>text</th><th>meaning</th></tr>
 * <tr><td>{@code fit:WxH}, {@code fit:Wx}, {@code fit:xH}</td><td>inside the box</td></tr>
 * <tr><td>{@code cover:WxH}</td><td>fill the box, crop the rest</td></tr>
 * <tr><td>{@code pad:WxH}</td><td>inside the box, matte around</td></tr>
 * <tr><td>{@code stretch:WxH}</td><td>exactly the box, enlarged if necessary</td></tr>
 * <tr><td>{@code gravity:center}</td><td>the part a crop keeps, and the position within padding</td></tr>
 * <tr><td>{@code matte:#rrggbb}</td><td>color of padding and behind transparency</td></tr>
 * <tr><td>{@code format:jpeg|png|gif|webp}</td><td>output format ({@code jpg} is accepted for {@code jpeg}); by default that of the source</td></tr>
 * <tr><td>{@code quality:1..100}</td><td>quality of JPEG and WebP, 80 by default</td></tr>
 * <tr><td>{@code effort:0..6}</td><td>effort to make a WebP smaller, 4 by default</td></tr>
 * <tr><td>{@code lossless}</td><td>WebP without loss</td></tr>
 * <tr><td>{@code progressive}</td><td>progressive JPEG</td></tr>
 * <tr><td>{@code chroma:444}</td><td>JPEG chroma at full resolution instead of 4:2:0</td></tr>
 * <tr><td>{@code palette}</td><td>PNG with at most 256 colors</td></tr>
 * <tr><td>{@code enlarge}</td><td>enlarge small pictures to the box</td></tr>
 * <tr><td>{@code kernel:lanczos3|catmull-rom|triangle|box}</td><td>resampling filter</td></tr>
 * <tr><td>{@code light:linear}</td><td>average linear light instead of encoded values</td></tr>
 * <tr><td>{@code icc:keep}</td><td>keep the color profile instead of converting to sRGB</td></tr>
 * <tr><td>{@code frames:all}</td><td>keep the animation (GIF and WebP output)</td></tr>
 * <tr><td>{@code orientation:ignore}</td><td>ignore the EXIF orientation</td></tr>
 * <tr><td>{@code strict}</td><td>refuse damaged sources instead of rendering them with a note</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe; methods that change something return a copy.
 */
public final class ThumbnailSpec {

  /**
   * How a picture is fitted to the box. In terms of CSS {@code object-fit}: {@link #FIT} is {@code
   * scale-down} ({@code contain} if enlarging), {@link #COVER} is {@code cover}, {@link #PAD} is
   * {@code contain} and {@link #STRETCH} is {@code fill}.
   */
  public enum Fit {
    /** Fits inside the box; the aspect ratio is preserved. */
    FIT,
    /** Fills the box; the aspect ratio is preserved and the overflow cropped. */
    COVER,
    /** Fits inside the box, padded with the matte; the aspect ratio is preserved. */
    PAD,
    /** Exactly the box, whatever the aspect ratio and size of the picture. */
    STRETCH;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Box box;
  private final SpecOptions options;
  private final List<UnaryOperator<BufferedImage>> filters;

  ThumbnailSpec(Box box, SpecOptions options, List<UnaryOperator<BufferedImage>> filters) {
    this.box = box;
    this.options = options;
    this.filters = filters;
  }

  /**
   * Returns a spec for a thumbnail inside the box.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   */
  public static ThumbnailSpec fit(int width, int height) {
    return of(Fit.FIT, OptionalInt.of(width), OptionalInt.of(height));
  }

  /**
   * Returns a spec for a thumbnail of at most this width; the height follows from the aspect ratio.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   */
  public static ThumbnailSpec fitWidth(int width) {
    return of(Fit.FIT, OptionalInt.of(width), OptionalInt.empty());
  }

  /**
   * Returns a spec for a thumbnail of at most this height; the width follows from the aspect ratio.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   */
  public static ThumbnailSpec fitHeight(int height) {
    return of(Fit.FIT, OptionalInt.empty(), OptionalInt.of(height));
  }

  /**
   * Returns a spec for a thumbnail that fills the box; the overflow is cropped.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   */
  public static ThumbnailSpec cover(int width, int height) {
    return of(Fit.COVER, OptionalInt.of(width), OptionalInt.of(height));
  }

  /**
   * Returns a spec for a thumbnail inside the box, padded with the matte.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   */
  public static ThumbnailSpec pad(int width, int height) {
    return of(Fit.PAD, OptionalInt.of(width), OptionalInt.of(height));
  }

  /**
   * Returns a spec for a thumbnail of exactly the box, ignoring the aspect ratio. A picture
   * narrower or lower than the box is enlarged in that direction, whatever {@link
   * #enlarge(boolean)} says.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   */
  public static ThumbnailSpec stretch(int width, int height) {
    return of(Fit.STRETCH, OptionalInt.of(width), OptionalInt.of(height));
  }

  private static ThumbnailSpec of(Fit fit, OptionalInt width, OptionalInt height) {
    return new ThumbnailSpec(
        new Box(fit, width, height), new SpecOptions(fit, Map.of()), List.of());
  }

  /**
   * Returns a copy with another box, for example one twice the size.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   */
  public ThumbnailSpec box(int width, int height) {
    return in(box.resized(OptionalInt.of(width), OptionalInt.of(height)));
  }

  /**
   * Returns a copy with another width; the height follows from the aspect ratio.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   * @throws IllegalStateException unless this is a {@link Fit#FIT}
   */
  public ThumbnailSpec boxWidth(int width) {
    return in(box.opened(OptionalInt.of(width), OptionalInt.empty()));
  }

  /**
   * Returns a copy with another height; the width follows from the aspect ratio.
   *
   * @throws IllegalArgumentException if a side is not 1 to 65,535 pixels
   * @throws IllegalStateException unless this is a {@link Fit#FIT}
   */
  public ThumbnailSpec boxHeight(int height) {
    return in(box.opened(OptionalInt.empty(), OptionalInt.of(height)));
  }

  private ThumbnailSpec in(Box other) {
    return new ThumbnailSpec(other, options, filters);
  }

  /**
   * Parses the text of a spec.
   *
   * @throws IllegalArgumentException if the text does not follow the grammar, or a value is out of
   *     range; the message says where
   * @throws NullPointerException if {@code text} is null
   */
  public static ThumbnailSpec parse(String text) {
    return SpecGrammar.parse(Objects.requireNonNull(text, "text"));
  }

  /**
   * Parses several named specs: {@code small=fit:128x128;large=fit:1024x1024,format:jpeg}.
   *
   * @return the specs by name, in the order of the text
   * @throws IllegalArgumentException if the text does not follow the grammar or a name is repeated
   * @throws NullPointerException if {@code text} is null
   */
  public static Map<String, ThumbnailSpec> parseAll(String text) {
    return SpecGrammar.parseAll(Objects.requireNonNull(text, "text"));
  }

  /**
   * Returns a copy that keeps the given side when cropping and aligns the picture to it when
   * padding.
   *
   * @throws NullPointerException if {@code gravity} is null
   */
  public ThumbnailSpec gravity(Gravity gravity) {
    return with(SpecOption.GRAVITY, Objects.requireNonNull(gravity, "gravity").text());
  }

  /**
   * Returns a copy with the color of padding, and of the background of transparency that the output
   * cannot keep. Without it, padding is transparent if the output format allows, otherwise white.
   *
   * @param rgb {@code 0xRRGGBB}
   */
  public ThumbnailSpec matte(int rgb) {
    return with(SpecOption.MATTE, String.format(Locale.ROOT, "#%06x", rgb & 0xffffff));
  }

  /**
   * Returns a copy that is written in the given format, whatever that of the source. A quality set
   * explicitly is kept; otherwise the default of the new format applies.
   *
   * @throws NullPointerException if {@code format} is null
   */
  public ThumbnailSpec format(OutputFormat format) {
    return with(SpecOption.FORMAT, Objects.requireNonNull(format, "format").text());
  }

  /**
   * Returns a copy with another quality of JPEG or WebP.
   *
   * @param value 1 to 100, for JPEG on the scale of the Independent JPEG Group, for WebP on that of
   *     {@code cwebp}
   * @throws IllegalArgumentException if it is out of range
   */
  public ThumbnailSpec quality(int value) {
    return with(SpecOption.QUALITY, Integer.toString(value));
  }

  /**
   * Returns a copy with another effort to make a WebP small.
   *
   * @param value 0 (fast) to 6 (small)
   * @throws IllegalArgumentException if it is out of range
   */
  public ThumbnailSpec effort(int value) {
    return with(SpecOption.EFFORT, Integer.toString(value));
  }

  /** Returns a copy that does or does not write progressive JPEG. */
  public ThumbnailSpec progressive(boolean value) {
    return flag(SpecOption.PROGRESSIVE, value);
  }

  /** Returns a copy whose JPEG chroma is stored at full resolution (4:4:4), or halved (4:2:0). */
  public ThumbnailSpec fullChroma(boolean value) {
    return with(SpecOption.CHROMA, value ? "444" : "420");
  }

  /** Returns a copy that is, or is not, written without loss as WebP. */
  public ThumbnailSpec lossless(boolean value) {
    return flag(SpecOption.LOSSLESS, value);
  }

  /** Returns a copy that does or does not limit PNG to 256 colors. */
  public ThumbnailSpec palette(boolean value) {
    return flag(SpecOption.PALETTE, value);
  }

  /**
   * Returns a copy that does or does not enlarge small pictures; {@link Fit#STRETCH} always does.
   */
  public ThumbnailSpec enlarge(boolean value) {
    return flag(SpecOption.ENLARGE, value);
  }

  /**
   * Returns a copy that resamples with another filter.
   *
   * @throws NullPointerException if {@code kernel} is null
   */
  public ThumbnailSpec kernel(Kernel kernel) {
    return with(SpecOption.KERNEL, Objects.requireNonNull(kernel, "kernel").text());
  }

  /** Returns a copy that averages linear light, or encoded values. */
  public ThumbnailSpec linearLight(boolean value) {
    return with(SpecOption.LIGHT, value ? "linear" : "encoded");
  }

  /** Returns a copy that keeps an embedded color profile, or converts to sRGB. */
  public ThumbnailSpec keepProfile(boolean value) {
    return with(SpecOption.ICC, value ? "keep" : "srgb");
  }

  /**
   * Returns a copy that keeps all frames of an animation, or only the first. Frames are kept, with
   * their delays and the number of repetitions, if the source is an animated GIF, WebP or PNG and
   * the output is a GIF. Any other output shows the first frame; for a PNG the default image, which
   * need not be a frame.
   */
  public ThumbnailSpec allFrames(boolean value) {
    return with(SpecOption.FRAMES, value ? "all" : "first");
  }

  /**
   * Returns a copy that applies the EXIF orientation, or leaves the picture as stored. Phones store
   * upright pictures sideways, so ignore the orientation only if you rotate pictures yourself.
   */
  public ThumbnailSpec useOrientation(boolean value) {
    return with(SpecOption.ORIENTATION, value ? "exif" : "ignore");
  }

  /**
   * Returns a copy that refuses a source with a {@link MalformedImageException} where it would
   * otherwise be rendered as far as possible, with {@linkplain Thumbnail#notes notes}: truncated,
   * damaged, or with an unusable color profile. When several thumbnails are rendered from one
   * decode, one strict spec refuses the source for all.
   */
  public ThumbnailSpec strict(boolean value) {
    return flag(SpecOption.STRICT, value);
  }

  /**
   * Returns a copy that also runs a filter on the finished picture, after those already attached.
   * The name identifies the filter in the spec's text and hash, so change it when the effect of the
   * filter changes. Use a Thumbnailator filter as a method reference: {@code filter("sepia-1",
   * colorize::apply)}.
   *
   * @param name letters, digits, dots, dashes and underscores
   * @param filter receives the picture as {@code TYPE_INT_RGB} or {@code TYPE_INT_ARGB} and returns
   *     one of any size; must be thread-safe if several threads use the spec
   * @throws IllegalArgumentException if the name has other characters
   * @throws NullPointerException if an argument is null
   */
  public ThumbnailSpec filter(String name, UnaryOperator<BufferedImage> filter) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(filter, "filter");
    if (!SpecGrammar.isName(name)) {
      throw new IllegalArgumentException("'" + name + "' is not a name for a filter");
    }
    List<UnaryOperator<BufferedImage>> more =
        Stream.concat(filters.stream(), Stream.of(filter)).toList();
    String names = filters.isEmpty() ? name : options.get(SpecOption.FILTER) + "+" + name;
    return new ThumbnailSpec(box, options.with(SpecOption.FILTER, names), more);
  }

  /**
   * Returns a copy that draws an image on the finished picture, at its own size; the overflow is
   * cropped. Image, position and opacity are part of the spec's text and hash.
   *
   * @param image copied, so that later changes have no effect
   * @param gravity its position
   * @param opacity 0 (invisible) to 1 (unchanged)
   * @throws IllegalArgumentException if the opacity is out of range
   * @throws NullPointerException if an argument is null
   */
  public ThumbnailSpec watermark(BufferedImage image, Gravity gravity, double opacity) {
    Overlay overlay =
        Overlay.watermark(
            Objects.requireNonNull(image, "image"),
            Objects.requireNonNull(gravity, "gravity"),
            opacity);
    return filter(overlay.name(), overlay);
  }

  /**
   * Returns a copy that writes a line of text on the finished picture. The caption is part of the
   * spec's text and hash; the same font may look different on another machine.
   *
   * @param text the line of text
   * @param font the font; its size is in pixels
   * @param rgb color, {@code 0xRRGGBB}
   * @param opacity 0 (invisible) to 1 (opaque)
   * @param gravity its position
   * @param inset pixels between the text and the picture's edge, not negative
   * @throws IllegalArgumentException if opacity or inset is out of range
   * @throws NullPointerException if an argument is null
   */
  public ThumbnailSpec caption(
      String text, Font font, int rgb, double opacity, Gravity gravity, int inset) {
    Overlay overlay =
        Overlay.caption(
            Objects.requireNonNull(text, "text"),
            Objects.requireNonNull(font, "font"),
            rgb,
            opacity,
            Objects.requireNonNull(gravity, "gravity"),
            inset);
    return filter(overlay.name(), overlay);
  }

  private ThumbnailSpec flag(SpecOption option, boolean value) {
    return with(option, value ? SET : "");
  }

  private ThumbnailSpec with(SpecOption option, String value) {
    return new ThumbnailSpec(box, options.with(option, value), filters);
  }

  /** Returns how the picture is fitted to the box. */
  public Fit fit() {
    return box.fit();
  }

  /** Returns the width of the box in pixels, if it has one. */
  public OptionalInt width() {
    return box.width();
  }

  /** Returns the height of the box in pixels, if it has one. */
  public OptionalInt height() {
    return box.height();
  }

  /** Returns the part a crop keeps and the position within padding. */
  public Gravity gravity() {
    return options.gravity;
  }

  /** Returns the color of padding and behind transparency, {@code 0xRRGGBB}, if set. */
  public OptionalInt matte() {
    return options.matte;
  }

  /** Returns the output format, if set. */
  public Optional<OutputFormat> format() {
    return options.format;
  }

  /**
   * Returns the formats that a thumbnail can have: the one that is set, or those that can follow
   * from the source.
   */
  public List<OutputFormat> possibleFormats() {
    return options.format.map(List::of).orElseGet(OutputFormat::unasked);
  }

  /**
   * Returns the quality, 1 to 100; if not set, the default of the format, or 80 without a format.
   */
  public int quality() {
    return options.quality;
  }

  /** Returns the effort to make a WebP small, 0 to 6. */
  public int effort() {
    return options.effort;
  }

  /** Returns whether JPEG is written progressive. */
  public boolean progressive() {
    return options.has(SpecOption.PROGRESSIVE);
  }

  /** Returns whether JPEG chroma is stored at full resolution. */
  public boolean fullChroma() {
    return options.get(SpecOption.CHROMA).equals("444");
  }

  /** Returns whether a WebP is written without loss. */
  public boolean lossless() {
    return options.has(SpecOption.LOSSLESS);
  }

  /** Returns whether PNG is written with at most 256 colors. */
  public boolean palette() {
    return options.has(SpecOption.PALETTE);
  }

  /** Returns whether small pictures are enlarged. */
  public boolean enlarge() {
    return box.fit() == Fit.STRETCH || options.has(SpecOption.ENLARGE);
  }

  /** Returns the resampling filter. */
  public Kernel kernel() {
    return options.kernel;
  }

  /** Returns whether linear light is averaged instead of encoded values. */
  public boolean linearLight() {
    return options.get(SpecOption.LIGHT).equals("linear");
  }

  /** Returns whether an embedded color profile is kept. */
  public boolean keepProfile() {
    return options.get(SpecOption.ICC).equals("keep");
  }

  /** Returns whether all frames of an animation are kept. */
  public boolean allFrames() {
    return options.get(SpecOption.FRAMES).equals("all");
  }

  /** Returns whether the EXIF orientation is applied. */
  public boolean useOrientation() {
    return options.get(SpecOption.ORIENTATION).equals("exif");
  }

  /** Returns whether damaged sources are refused. */
  public boolean strict() {
    return options.has(SpecOption.STRICT);
  }

  /** Returns the filters that run on the finished picture, in order. */
  public List<UnaryOperator<BufferedImage>> filters() {
    return filters;
  }

  /**
   * Returns a stable fingerprint of the canonical text: the first 16 hexadecimal digits of its
   * SHA-256. Equal specs have equal hashes in every version and on every machine.
   */
  public String hash() {
    return Sha256.hex(toString(), 8);
  }

  /** Returns the canonical text; {@link #parse} reads it back unless filters are attached. */
  @Override
  public String toString() {
    return SpecGrammar.text(box, options.canonical());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ThumbnailSpec that
        && box.equals(that.box)
        && options.equals(that.options)
        && filters.equals(that.filters);
  }

  @Override
  public int hashCode() {
    return Objects.hash(box, options, filters);
  }
}
