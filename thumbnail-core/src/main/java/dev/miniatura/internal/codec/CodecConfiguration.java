package dev.miniatura.internal.codec;

/**
 * What the properties of an item tell its codec.
 *
 * @param itemType four characters of the {@code infe} box
 * @param bytes content of the property {@code hvcC} or {@code av1C}, without the box's header
 * @param operatingPoint of the property {@code a1op}, 0 if there is none
 * @param layer spatial layer of the property {@code lsel}, or −1 for the highest
 */
public record CodecConfiguration(String itemType, CodedBytes bytes, int operatingPoint, int layer) {

  /** Creates the configuration of an item without a choice of layers. */
  public static CodecConfiguration of(String itemType, CodedBytes bytes) {
    return new CodecConfiguration(itemType, bytes, 0, -1);
  }
}
