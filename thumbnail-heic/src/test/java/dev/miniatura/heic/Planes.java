package dev.miniatura.heic;

import dev.miniatura.internal.codec.ColorDescription;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.codec.PictureSink;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Collects a picture's planes, and checks that rows come in order. */
final class Planes implements PictureSink {

  PictureFormat format = new PictureFormat(0, 0, 0, 0, 0, 8, 8, ColorDescription.UNSPECIFIED, -1);
  short[][] samples = {};
  private final int[] next = new int[3];

  @Override
  public void begin(PictureFormat picture) {
    format = picture;
    samples = new short[picture.components()][];
    for (int c = 0; c < samples.length; c++) {
      samples[c] = new short[picture.width(c) * picture.height(c)];
      next[c] = 0;
    }
  }

  @Override
  public void rows(int c, int y, int count, short[] from, int offset, int stride) {
    if (next[c] != y) {
      throw new IllegalStateException("row " + y + " instead of " + next[c]);
    }
    next[c] += count;
    int width = format.width(c);
    for (int i = 0; i < count; i++) {
      System.arraycopy(from, offset + i * stride, samples[c], (y + i) * width, width);
    }
  }

  boolean isComplete() {
    for (int c = 0; c < samples.length; c++) {
      if (next[c] != format.height(c)) {
        return false;
      }
    }
    return samples.length > 0;
  }

  /** Returns the planes as raw video: one byte for a sample, or two, low one first. */
  byte[] toBytes() {
    boolean wide = isWide();
    int total = 0;
    for (short[] plane : samples) {
      total += plane.length;
    }
    byte[] bytes = new byte[wide ? 2 * total : total];
    int i = 0;
    for (short[] plane : samples) {
      for (short sample : plane) {
        bytes[i++] = (byte) sample;
        if (wide) {
          bytes[i++] = (byte) (sample >> 8);
        }
      }
    }
    return bytes;
  }

  /** Returns a short digest of {@link #toBytes}. */
  String digest() {
    return digest(toBytes());
  }

  /**
   * Returns the digest of as many bytes of each row as it has samples, which is what x265 writes.
   */
  String digestOfRowStarts() {
    byte[] bytes = toBytes();
    ByteArrayOutputStream starts = new ByteArrayOutputStream(bytes.length);
    int at = 0;
    for (int c = 0; c < samples.length; c++) {
      int rowBytes = format.width(c) * (isWide() ? 2 : 1);
      for (int y = 0; y < format.height(c); y++, at += rowBytes) {
        starts.write(bytes, at, format.width(c));
      }
    }
    return digest(starts.toByteArray());
  }

  private boolean isWide() {
    return Math.max(format.bitDepthLuma(), format.bitDepthChroma()) > 8;
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(bytes);
      return HexFormat.of().formatHex(md5, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
