package dev.miniatura.internal.tiff;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an image file directory (TIFF 6.0, section 2), whose values are read when needed.
 * Fields of unknown types, and those that lie outside the file, are absent; of two with the same
 * tag, the first counts.
 */
public final class Directory {

  /**
   * Bytes of a value by type: the types of TIFF 6.0, the offset of TIFF technical note 1, and those
   * of BigTIFF.
   */
  private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  /**
   * The maximum number of values of a field that are read as an array, because a file may claim any
   * number.
   */
  private static final int MAX_VALUES = 1 << 16;

  private record Field(int type, long count, long at) {}

  private final TiffFile file;
  private final Map<Integer, Field> fields = new HashMap<>();

  /** Offset of the next directory, 0 after the last. */
  public final long next;

  /** Offset of the directory. */
  public final long at;

  /** Reads the positions of the fields, or of the existing ones if the directory is cut off. */
  public Directory(TiffFile file, long at) throws IOException {
    this.file = file;
    this.at = at;
    int countBytes = file.big ? 8 : 2;
    if (!file.has(at, countBytes)) {
      throw file.malformed(at, "has no directory here");
    }
    long count = file.big ? file.i64(at) : file.u16(at);
    if (count < 0 || count > 0xffff) {
      throw file.malformed(at, "a directory of " + count + " fields");
    }
    int entryBytes = file.big ? 20 : 12;
    long entry = at + countBytes;
    for (int i = 0; i < count && file.has(entry, entryBytes); i++) {
      readField(entry);
      entry += entryBytes;
    }
    next = file.has(entry, file.big ? 8 : 4) ? file.offset(entry) : 0;
  }

  private void readField(long entry) throws IOException {
    int type = file.u16(entry + 2);
    long count = file.offset(entry + 4);
    int size = type < SIZES.length ? SIZES[type] : 0;
    if (size == 0 || count <= 0 || count > Long.MAX_VALUE / 16) {
      return;
    }
    int inline = file.big ? 8 : 4;
    long valueAt = entry + 4 + inline;
    long dataAt = count * size <= inline ? valueAt : file.offset(valueAt);
    fields.putIfAbsent(file.u16(entry), new Field(type, count, dataAt));
  }

  /** Returns whether there is a field. */
  public boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** Returns how many values a field has, 0 if it is absent. */
  public long count(int tag) {
    Field field = fields.get(tag);
    return field == null ? 0 : field.count;
  }

  /** Returns the position in the file of a field's values, −1 if the field is absent. */
  public long place(int tag) {
    Field field = fields.get(tag);
    return field == null ? -1 : field.at;
  }

  /** Returns the first value of a field as an integer, or another number if the field is absent. */
  public long number(int tag, long otherwise) throws IOException {
    return number(tag, 0, otherwise);
  }

  /** Returns a value of a field as an integer, or another number if the field is absent. */
  public long number(int tag, long index, long otherwise) throws IOException {
    Field field = fields.get(tag);
    if (field == null || index >= field.count) {
      return otherwise;
    }
    long position = field.at + index * SIZES[field.type];
    if (!file.has(position, SIZES[field.type])) {
      return otherwise;
    }
    return switch (field.type) {
      case 1, 2, 7 -> file.u8(position);
      case 6 -> (byte) file.u8(position);
      case 3 -> file.u16(position);
      case 8 -> (short) file.u16(position);
      case 4, 13 -> file.u32(position);
      case 9 -> (int) file.u32(position);
      case 16, 17, 18 -> file.i64(position);
      default -> (long) real(field, position);
    };
  }

  /** Returns the values of a field; none if it is absent. */
  double[] reals(int tag) throws IOException {
    Field field = fields.get(tag);
    double[] values = new double[field == null ? 0 : (int) Math.min(field.count, MAX_VALUES)];
    for (int i = 0; field != null && i < values.length; i++) {
      values[i] =
          switch (field.type) {
            case 5, 10, 11, 12 -> real(field, field.at + (long) i * SIZES[field.type]);
            default -> number(tag, i, 0);
          };
    }
    return values;
  }

  /** Returns the values of a field as integers; none if it is absent. */
  int[] numbers(int tag) throws IOException {
    int[] values = new int[(int) Math.min(count(tag), MAX_VALUES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) number(tag, i, 0);
    }
    return values;
  }

  /** Returns the bytes of a field, or null if it is absent. */
  public byte @Nullable [] bytes(int tag) throws IOException {
    Field field = fields.get(tag);
    return field == null || SIZES[field.type] != 1 || !file.has(field.at, field.count)
        ? null
        : file.bytes.slice(field.at, field.at + field.count);
  }

  private double real(Field field, long at) throws IOException {
    return switch (field.type) {
      case 5 -> (double) file.u32(at) / file.u32(at + 4);
      case 10 -> (double) (int) file.u32(at) / (int) file.u32(at + 4);
      case 11 -> Float.intBitsToFloat((int) file.u32(at));
      default -> Double.longBitsToDouble(file.i64(at));
    };
  }
}
