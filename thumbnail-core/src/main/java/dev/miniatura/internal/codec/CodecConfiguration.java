package dev.miniatura.internal.codec;

/**
 * The properties of an item that its codec needs.
 *
 * @param itemType four characters of the {@code infe} box
 * @param bytes content of the property {@code hvcC} or {@code av1C}, without the box's header
 * @param operatingPoint from the property {@code a1op}, 0 if there is none
 * @param layer spatial layer from the property {@code lsel}, or −1 for the highest
 */
public record CodecConfiguration(String itemType, CodedBytes bytes, int operatingPoint, int layer) {

  /** Creates the configuration of an item that selects no layer. */
  public static CodecConfiguration of(String itemType, CodedBytes bytes) {
    return new CodecConfiguration(itemType, bytes, 0, -1);
  }
}
