package dev.miniatura.internal.output;

import dev.miniatura.OutputFormat;
import dev.miniatura.internal.raster.ImageHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All output formats: those in core, then those that other artifacts add. */
public final class Encoders {

  private static final Encoder JPEG = new JpegOutput();
  private static final Encoder PNG = new PngOutput();

  private static final List<Encoder> ALL =
      all(List.of(JPEG, PNG, new GifOutput(), new WebpOutput()));

  private Encoders() {}

  private static List<Encoder> all(List<Encoder> core) {
    List<Encoder> all = new ArrayList<>(core);
    ServiceLoader.load(Encoder.class, Encoder.class.getClassLoader()).forEach(all::add);
    return List.copyOf(all);
  }

  /** Returns all encoders, the same in every call. */
  public static List<Encoder> all() {
    return ALL;
  }

  /** Returns the encoders that can be used for a spec that names no format. */
  public static List<Encoder> unasked() {
    return ALL.stream().filter(encoder -> !encoder.sources().isEmpty()).toList();
  }

  /** Returns the encoder of a format. */
  public static Encoder of(OutputFormat format) {
    return ALL.stream()
        .filter(encoder -> encoder.name().equals(format.text()))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the encoder of a thumbnail whose spec names no format. */
  public static Encoder of(ImageHeader source) {
    return ALL.stream()
        .filter(encoder -> encoder.sources().contains(source.format()))
        .findFirst()
        .orElse(source.alpha() ? PNG : JPEG);
  }
}
