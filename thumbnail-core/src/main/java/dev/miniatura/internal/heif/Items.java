package dev.miniatura.internal.heif;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.heif.Item.Extent;
import dev.miniatura.internal.heif.Item.Property;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of a {@code meta} box: {@code pitm}, {@code iinf}, {@code iloc}, {@code iref}, {@code
 * iprp} and {@code idat} (ISO/IEC 14496-12, clauses 8.11.1 to 8.11.16). Properties are located, not
 * read. The number of items and references is not limited, but the memory for them is.
 */
final class Items {

  private static final int PITM = FourCc.of("pitm");
  private static final int IINF = FourCc.of("iinf");
  private static final int INFE = FourCc.of("infe");
  private static final int ILOC = FourCc.of("iloc");
  private static final int IREF = FourCc.of("iref");
  private static final int IPRP = FourCc.of("iprp");
  private static final int IPCO = FourCc.of("ipco");
  private static final int IPMA = FourCc.of("ipma");
  private static final int IDAT = FourCc.of("idat");

  /** The maximum number of bytes for everything: enough for some hundred thousand items. */
  static final long MAX_BYTES = 16 << 20;

  private static final int ITEM_BYTES = 160;
  private static final int EXTENT_BYTES = 40;
  private static final int PROPERTY_BYTES = 40;
  private static final int REFERENCE_BYTES = 64;

  /** One box of {@code iref}: from one item to others. */
  record Reference(int type, int from, @SuppressWarnings("ArrayRecordComponent") int[] to) {

    boolean leadsTo(int item) {
      for (int each : to) {
        if (each == item) {
          return true;
        }
      }
      return false;
    }
  }

  private final SourceBytes bytes;
  private final Map<Integer, Item> items = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<Box> properties = new ArrayList<>();
  private final Map<Long, Reference> byOrigin = new HashMap<>();
  private int primary;
  private @Nullable Box data; // idat
  private long held;

  private Items(SourceBytes bytes) {
    this.bytes = bytes;
  }

  /** Reads a {@code meta} box. */
  static Items read(SourceBytes bytes, Box meta) throws IOException {
    Items items = new Items(bytes);
    BoxReader in = meta.reader(bytes);
    in.u32(); // version and flags
    List<Box> associations = new ArrayList<>();
    for (Box box = in.next(); box != null; box = in.next()) {
      int type = box.type();
      if (type == PITM) {
        BoxReader content = box.reader(bytes);
        items.primary = content.i32() >>> 24 == 0 ? content.u16() : content.i32();
      } else if (type == IINF) {
        items.readInformation(box);
      } else if (type == ILOC) {
        items.readLocations(box);
      } else if (type == IREF) {
        items.readReferences(box);
      } else if (type == IPRP) {
        items.readProperties(box, associations);
      } else if (type == IDAT) {
        items.data = box;
      }
    }
    for (Box box : associations) {
      items.readAssociations(box);
    }
    return items;
  }

  /** Returns the number of the primary item; 0 if none is specified. */
  int primary() {
    return primary;
  }

  /** Returns an item; null if it is unknown. */
  @Nullable Item item(int id) {
    return items.get(id);
  }

  /** Returns the position in the source of {@code idat}'s content. */
  @Nullable Box data() {
    return data;
  }

  /** Returns the items to which an item refers, in order; none if there are none. */
  int[] references(int type, int from) {
    Reference found = byOrigin.get(key(type, from));
    return found == null ? new int[0] : found.to;
  }

  /** Returns the items that refer to an item. */
  List<Item> referring(int type, int to) {
    List<Item> found = new ArrayList<>();
    for (Reference reference : references) {
      Item from = reference.type == type ? items.get(reference.from) : null;
      if (from != null && reference.leadsTo(to)) {
        found.add(from);
      }
    }
    return found;
  }

  /** Returns the bytes of memory that this object takes. */
  long heldBytes() {
    return held;
  }

  private void hold(long count) throws LimitExceededException {
    held += count;
    if (held > MAX_BYTES) {
      throw new LimitExceededException(Limits.Kind.WORKING_BYTES, MAX_BYTES, held);
    }
  }

  private Item itemOf(int id) throws LimitExceededException {
    Item item = items.get(id);
    if (item == null) {
      hold(ITEM_BYTES);
      item = new Item(id);
      items.put(id, item);
    }
    return item;
  }

  private void readInformation(Box iinf) throws IOException {
    BoxReader in = iinf.reader(bytes);
    boolean wide = in.i32() >>> 24 != 0;
    in.skip(wide ? 4 : 2); // the count adds nothing to the boxes
    for (Box box = in.next(); box != null; box = in.next()) {
      if (box.type() != INFE) {
        continue;
      }
      BoxReader entry = box.reader(bytes);
      int version = entry.i32() >>> 24;
      if (version < 2) {
        continue; // files before HEIF: no type
      }
      int id = version == 2 ? entry.u16() : entry.i32();
      entry.u16(); // item_protection_index
      itemOf(id).type = entry.i32();
    }
  }

  private void readLocations(Box iloc) throws IOException {
    BoxReader in = iloc.reader(bytes);
    int version = in.i32() >>> 24;
    if (version > 2) {
      throw new UnsupportedImageException("HEIF: iloc of version " + version);
    }
    int sizes = in.u16();
    int offsetSize = sizes >> 12;
    int lengthSize = sizes >> 8 & 15;
    int baseSize = sizes >> 4 & 15;
    int indexSize = version > 0 ? sizes & 15 : 0;
    long count = version < 2 ? in.u16() : in.u32();
    for (long i = 0; i < count; i++) {
      Item item = itemOf(version < 2 ? in.u16() : in.i32());
      item.construction = version > 0 ? in.u16() & 15 : 0;
      in.u16(); // data_reference_index: other files are not opened
      long base = in.sized(baseSize);
      int extents = in.u16();
      if (extents > 1 && offsetSize + lengthSize == 0) {
        throw in.malformed("item of " + extents + " extents without positions");
      }
      item.extents.clear();
      for (int e = 0; e < extents; e++) {
        hold(EXTENT_BYTES);
        in.sized(indexSize);
        long offset = in.sized(offsetSize);
        long length = in.sized(lengthSize);
        if (base + offset < 0) {
          throw in.malformed("position beyond any file");
        }
        item.extents.add(new Extent(base + offset, length));
      }
    }
  }

  private void readReferences(Box iref) throws IOException {
    BoxReader in = iref.reader(bytes);
    boolean wide = in.i32() >>> 24 != 0;
    for (Box box = in.next(); box != null; box = in.next()) {
      BoxReader entry = box.reader(bytes);
      int from = wide ? entry.i32() : entry.u16();
      int count = entry.u16();
      if ((long) count * (wide ? 4 : 2) > entry.left()) {
        throw entry.malformed(count + " references in " + entry.left() + " bytes");
      }
      hold(REFERENCE_BYTES + 4L * count);
      int[] to = new int[count];
      for (int i = 0; i < count; i++) {
        to[i] = wide ? entry.i32() : entry.u16();
      }
      Reference reference = new Reference(box.type(), from, to);
      references.add(reference);
      byOrigin.putIfAbsent(key(box.type(), from), reference);
    }
  }

  private static long key(int type, int from) {
    return (long) type << 32 | (from & 0xffff_ffffL);
  }

  private void readProperties(Box iprp, List<Box> associations) throws IOException {
    BoxReader in = iprp.reader(bytes);
    for (Box box = in.next(); box != null; box = in.next()) {
      if (box.type() == IPCO) {
        BoxReader container = box.reader(bytes);
        for (Box each = container.next(); each != null; each = container.next()) {
          hold(PROPERTY_BYTES);
          properties.add(each);
        }
      } else if (box.type() == IPMA) {
        hold(PROPERTY_BYTES);
        associations.add(box);
      }
    }
  }

  private void readAssociations(Box ipma) throws IOException {
    BoxReader in = ipma.reader(bytes);
    int header = in.i32();
    boolean wideId = header >>> 24 != 0;
    boolean wideIndex = (header & 1) != 0;
    long count = in.u32();
    for (long i = 0; i < count; i++) {
      Item item = itemOf(wideId ? in.i32() : in.u16());
      int associated = in.u8();
      for (int a = 0; a < associated; a++) {
        int value = wideIndex ? in.u16() : in.u8();
        int essential = wideIndex ? 0x8000 : 0x80;
        int index = value & (essential - 1);
        if (index > properties.size()) {
          throw in.malformed("property " + index + " of " + properties.size());
        }
        if (index > 0) {
          hold(PROPERTY_BYTES);
          Box box = properties.get(index - 1);
          item.properties.add(new Property(box, (value & essential) != 0));
        }
      }
    }
  }
}
