package dev.miniatura.internal.heif;

import java.util.ArrayList;
import java.util.List;

/** An item of a {@code meta} box (ISO/IEC 14496-12, clause 8.11): its description in the file. */
final class Item {

  /** A property of the item. */
  record Property(Box box, boolean essential) {}

  /** A range of the item's data, relative to the start of the file or of {@code idat}. */
  record Extent(long start, long length) {}

  final int id;

  /** Four-character code, 0 if the item is not in {@code iinf}. */
  int type;

  /** 0 for a position in the file, 1 for one in {@code idat}. */
  int construction;

  final List<Extent> extents = new ArrayList<>(1);

  /** In the order of {@code ipma}. */
  final List<Property> properties = new ArrayList<>();

  Item(int id) {
    this.id = id;
  }
}
