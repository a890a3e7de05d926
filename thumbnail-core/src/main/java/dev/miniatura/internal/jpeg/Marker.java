package dev.miniatura.internal.jpeg;

/** The marker codes of T.81, table B.1, which follow a byte {@code FF}. */
public final class Marker {

  /** Baseline DCT. */
  public static final int SOF0 = 0xc0;

  /** Progressive DCT. */
  public static final int SOF2 = 0xc2;

  public static final int DHT = 0xc4;
  public static final int JPG = 0xc8;

  /** Extended sequential DCT, arithmetic coding. */
  public static final int SOF9 = 0xc9;

  /** Progressive DCT, arithmetic coding. */
  public static final int SOF10 = 0xca;

  public static final int DAC = 0xcc;
  public static final int SOF15 = 0xcf;
  public static final int RST0 = 0xd0;
  public static final int RST7 = 0xd7;
  public static final int SOI = 0xd8;
  public static final int EOI = 0xd9;
  public static final int SOS = 0xda;
  public static final int DQT = 0xdb;
  public static final int DNL = 0xdc;
  public static final int DRI = 0xdd;
  public static final int APP0 = 0xe0;
  public static final int APP1 = 0xe1;
  public static final int APP2 = 0xe2;
  public static final int APP14 = 0xee;

  /** JPEG-LS (T.87). */
  public static final int SOF55 = 0xf7;

  private Marker() {}

  /** Returns whether a code is one of the eight restart markers. */
  public static boolean isRestart(int code) {
    return code >= RST0 && code <= RST7;
  }
}
