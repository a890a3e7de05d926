package dev.miniatura.internal.heif;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.heif.Content.Layer;
import dev.miniatura.internal.heif.Content.Overlay;
import dev.miniatura.internal.heif.Content.Tiles;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Paints the pictures of an overlay on a canvas, one over the other (ISO/IEC 23008-12, clause
 * 6.6.2.2). The whole canvas is held in memory; its color space is that of the first picture.
 */
final class OverlayDecoding {

  private static final int CHANNELS = 4;
  private static final int OPAQUE = 255;

  private final Overlay overlay;
  private final List<PictureDecoding> layers;
  private final RasterLayout layout;
  private final Placement placement;
  private final boolean transparent;

  private OverlayDecoding(
      Overlay overlay, List<PictureDecoding> layers, Placement placement, boolean transparent) {
    this.overlay = overlay;
    this.layers = layers;
    this.placement = placement;
    this.transparent = transparent;
    layout =
        RasterLayout.interleaved(
            placement.codedWidth(),
            placement.codedHeight(),
            ColorKind.RGB,
            transparent,
            layers.get(0).layout().iccProfile());
  }

  /** Reads the headers of coded items. */
  static OverlayDecoding open(HeifFile file, Picture picture, Overlay overlay, Allowance allowance)
      throws IOException {
    List<PictureDecoding> layers = new ArrayList<>();
    for (Layer layer : overlay.layers()) {
      Picture each = layer.picture();
      if (!(each.content() instanceof Tiles tiles)) {
        throw new UnsupportedImageException("HEIF: overlay of overlays");
      }
      Placement shown = each.placement();
      long pixels = (long) shown.width() * shown.height();
      if (pixels > allowance.limits().pixels()) {
        throw new LimitExceededException(Limits.Kind.PIXELS, allowance.limits().pixels(), pixels);
      }
      PictureDecoding decoding = PictureDecoding.open(file, each, tiles, true, allowance);
      if (decoding.isReduced()) {
        throw new UnsupportedImageException("HEIF: overlay of layers predicted from smaller ones");
      }
      layers.add(decoding);
    }
    return new OverlayDecoding(overlay, layers, picture.placement(), isTransparent(overlay));
  }

  /** Returns whether the canvas is transparent before anything is painted on it. */
  static boolean isTransparent(Overlay overlay) {
    return (overlay.background() >> 8 & OPAQUE) != OPAQUE;
  }

  RasterLayout layout() {
    return layout;
  }

  long workingBytes(boolean filters) throws IOException {
    long most = 0;
    for (PictureDecoding layer : layers) {
      most = Math.max(most, layer.workingBytes(filters));
    }
    return most + (long) overlay.width() * overlay.height() * CHANNELS;
  }

  void decode(boolean filters, RowSink sink) throws IOException {
    int stride = overlay.width() * CHANNELS;
    byte[] canvas = new byte[Math.multiplyExact(stride, overlay.height())];
    for (int i = 0; i < canvas.length; i++) {
      canvas[i] = (byte) (overlay.background() >> (56 - 16 * (i % CHANNELS)));
    }
    for (int i = 0; i < layers.size(); i++) {
      PictureDecoding layer = layers.get(i);
      RasterLayout rows = layer.layout();
      Painter painter = new Painter(canvas, overlay.layers().get(i), rows);
      layer.decode(filters, PictureArea.WHOLE, painter);
    }
    sink.begin(layout);
    int channels = layout.channels();
    byte[] row = new byte[layout.width() * channels];
    for (int y = 0; y < layout.height(); y++) {
      int from = (placement.top() + y) * stride + placement.left() * CHANNELS;
      for (int x = 0; x < layout.width(); x++) {
        System.arraycopy(canvas, from + x * CHANNELS, row, x * channels, channels);
      }
      sink.row(0, y, row, 0);
    }
  }

  /** Paints the rows of one picture, oriented for display. */
  private final class Painter implements RowSink {

    private final byte[] canvas;
    private final Layer layer;
    private final RasterLayout rows;
    private final Placement shown;

    Painter(byte[] canvas, Layer layer, RasterLayout rows) {
      this.canvas = canvas;
      this.layer = layer;
      this.rows = rows;
      shown = layer.picture().placement();
    }

    @Override
    public void row(int plane, int v, byte[] samples, int offset) {
      int channels = rows.channels();
      int row = v + shown.top();
      boolean turned = shown.ux() == 0;
      for (int u = 0; u < rows.width(); u++) {
        int column = u + shown.left();
        // The inverse of the placement: each of ux … vy is −1, 0 or 1.
        int x = turned ? (row - shown.v0()) * shown.vx() : (column - shown.u0()) * shown.ux();
        int y = turned ? (column - shown.u0()) * shown.uy() : (row - shown.v0()) * shown.vy();
        long left = layer.left() + x;
        long top = layer.top() + y;
        if (left >= 0 && top >= 0 && left < overlay.width() && top < overlay.height()) {
          int at = ((int) top * overlay.width() + (int) left) * CHANNELS;
          paint(samples, offset + u * channels, at);
        }
      }
    }

    /** Porter and Duff's over, with straight alpha. */
    private void paint(byte[] samples, int from, int at) {
      int colors = rows.color().channels();
      int alpha = rows.alpha() ? samples[from + colors] & OPAQUE : OPAQUE;
      int below = transparent ? canvas[at + 3] & OPAQUE : OPAQUE;
      int kept = below * (OPAQUE - alpha) / OPAQUE;
      int sum = alpha + kept;
      for (int c = 0; c < 3 && sum > 0; c++) {
        int color = samples[from + (colors == 1 ? 0 : c)] & OPAQUE;
        int old = canvas[at + c] & OPAQUE;
        canvas[at + c] = (byte) ((color * alpha + old * kept + sum / 2) / sum);
      }
      canvas[at + 3] = (byte) sum;
    }
  }
}
