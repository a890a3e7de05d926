package dev.miniatura.internal.vp8l;

import dev.miniatura.internal.io.Deadline;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The group of prefix codes for each block (RFC 9649, section 3.7.2.2). */
final class GroupMap {

  private static final int ONE_BLOCK_BITS = 30;

  private final @Nullable PrefixGroup[] groups;
  private final char[] image; // number of the group, by block in row order
  private final int blockBits;
  private final int columns;

  private GroupMap(@Nullable PrefixGroup[] groups, char[] image, int blockBits, int columns) {
    this.groups = groups;
    this.image = image;
    this.blockBits = blockBits;
    this.columns = columns;
  }

  /** Reads the codes of an image with one group. */
  static GroupMap readSingle(BitSource in, int cacheSize) throws IOException {
    PrefixGroup[] groups = {new PrefixCodes(in, cacheSize).read(true)};
    return new GroupMap(groups, new char[1], ONE_BLOCK_BITS, 1);
  }

  /** Reads an entropy image, and the codes of all groups up to the highest number in it. */
  static GroupMap readImage(BitSource in, int width, int height, int cacheSize, Deadline deadline)
      throws IOException {
    int blockBits = 2 + in.take(3);
    int columns = Blocks.count(width, blockBits);
    int rows = Blocks.count(height, blockBits);
    char[] image = new char[columns * rows];
    BitSet used = new BitSet();
    Blocks.read(
        in,
        columns,
        rows,
        deadline,
        (block, argb) -> {
          int group = argb >> 8 & 0xffff;
          image[block] = (char) group;
          used.set(group);
        });
    @Nullable PrefixGroup[] groups = new @Nullable PrefixGroup[used.length()];
    PrefixCodes codes = new PrefixCodes(in, cacheSize);
    for (int i = 0; i < groups.length; i++) {
      deadline.check();
      PrefixGroup group = codes.read(used.get(i));
      groups[i] = used.get(i) ? group : null;
    }
    return new GroupMap(groups, image, blockBits, columns);
  }

  /** Returns the maximum number of bytes of a map, without the codes. */
  static long workingBytes(int width, int height) {
    return Character.BYTES * Blocks.most(width, height);
  }

  /** Returns the group at a pixel. */
  PrefixGroup at(int column, int row) {
    PrefixGroup group = groups[image[(row >> blockBits) * columns + (column >> blockBits)]];
    if (group == null) {
      throw new IllegalStateException("a group that is used was not read");
    }
    return group;
  }

  /** Returns the first column after the block that contains a column. */
  int blockEnd(int column) {
    return ((column >> blockBits) + 1) << blockBits;
  }
}
