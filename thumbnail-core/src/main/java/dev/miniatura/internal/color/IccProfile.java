package dev.miniatura.internal.color;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header and tag table of a profile (ICC.1:2022, sections 7.2 and 7.3; versions 2 and 4 agree
 * on everything that is read here). Tolerated: bytes after the declared size, a wrong rendering
 * intent, and tags whose data lies outside the profile, unless they are needed.
 */
final class IccProfile {

  static final String GRAY = "GRAY";
  static final String RGB = "RGB ";
  static final String CMYK = "CMYK";
  static final String PCS_XYZ = "XYZ ";
  static final String PCS_LAB = "Lab ";

  private static final int HEADER_BYTES = 128;
  private static final int TAG_ENTRY_BYTES = 12;
  private static final int MAX_TAGS = 100;

  private final String colorSpace;
  private final String connectionSpace;
  private final Map<String, TagData> tags = new HashMap<>();

  private IccProfile(String colorSpace, String connectionSpace) {
    this.colorSpace = colorSpace;
    this.connectionSpace = connectionSpace;
  }

  static IccProfile parse(byte[] bytes) throws ProfileException {
    TagData all = new TagData(bytes, 0, bytes.length);
    if (bytes.length < HEADER_BYTES + 4 || !all.signature(36).equals("acsp")) {
      throw new ProfileException("it is not an ICC profile");
    }
    long size = all.u32(0);
    if (size > bytes.length || size < HEADER_BYTES + 4) {
      throw new ProfileException("it is cut short");
    }
    switch (all.signature(12)) {
      case "scnr", "mntr", "prtr", "spac" -> {}
      default -> throw new ProfileException("it is not a device profile");
    }
    IccProfile profile = new IccProfile(all.signature(16), all.signature(20));
    if (!profile.connectionSpace.equals(PCS_XYZ) && !profile.connectionSpace.equals(PCS_LAB)) {
      throw new ProfileException("its connection space is unknown");
    }
    long count = all.u32(HEADER_BYTES);
    if (count > MAX_TAGS) {
      throw new ProfileException("its tag table is broken");
    }
    for (int i = 0; i < count; i++) {
      int entry = HEADER_BYTES + 4 + i * TAG_ENTRY_BYTES;
      long offset = all.u32(entry + 4);
      long length = all.u32(entry + 8);
      if (offset <= size && length <= size - offset) {
        TagData data = new TagData(bytes, (int) offset, (int) length);
        profile.tags.putIfAbsent(all.signature(entry), data);
      }
    }
    return profile;
  }

  /** Returns the signature of the device's color space. */
  String colorSpace() {
    return colorSpace;
  }

  /** Returns {@link #PCS_XYZ} or {@link #PCS_LAB}. */
  String connectionSpace() {
    return connectionSpace;
  }

  /** Returns a tag's data, or null. */
  @Nullable TagData tag(String signature) {
    return tags.get(signature);
  }

  /** Returns a tag's data, or fails if there is none. */
  TagData requiredTag(String signature) throws ProfileException {
    TagData data = tags.get(signature);
    if (data == null) {
      throw new ProfileException("it has no usable " + signature + " tag");
    }
    return data;
  }
}
