package dev.miniatura.internal.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteViewsTest {

  private final byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, (byte) 0x88, 9};

  @Test
  void numbers_atAnOddIndex_areReadInTheirOrder() {
    assertThat(ByteViews.longLe(bytes, 1)).isEqualTo(0x88070605_04030201L);
    assertThat(ByteViews.longBe(bytes, 1)).isEqualTo(0x01020304_05060788L);
    assertThat(ByteViews.intLe(bytes, 5)).isEqualTo(0x88070605);
  }

  @Test
  void numbers_put_takeTheirBytesOnly() {
    ByteViews.putLongLe(bytes, 1, 0x1817161514131211L);
    assertThat(bytes).containsExactly(0, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 9);
    ByteViews.putLongBe(bytes, 1, 0x2122232425262728L);
    assertThat(bytes).containsExactly(0, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 9);
    ByteViews.putIntLe(bytes, 1, 0x34333231);
    ByteViews.putIntBe(bytes, 5, 0x41424344);
    assertThat(bytes).containsExactly(0, 0x31, 0x32, 0x33, 0x34, 0x41, 0x42, 0x43, 0x44, 9);
    ByteViews.putShortLe(bytes, 7, (short) 0x5251);
    assertThat(bytes).containsExactly(0, 0x31, 0x32, 0x33, 0x34, 0x41, 0x42, 0x51, 0x52, 9);
  }

  /** The digest of "abc" in FIPS 180-4's examples. */
  @Test
  void sha256_ofAText_isThatOfTheStandard() {
    assertThat(Sha256.hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.hex("abc", 4)).isEqualTo("ba7816bf");
  }
}
