package dev.miniatura.storage;

import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The rules for keys that name a file below a root, for one kind of operating system. A valid key
 * has only plain names between its slashes, so its path stays below the root unless a directory on
 * the way is a symbolic link; {@link FileImageStore} checks that.
 */
enum FileKeys {
  /** Linux and macOS: any name but {@code .} and {@code ..}, up to 255 bytes. */
  POSIX {
    @Override
    boolean allows(String name) {
      return name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME;
    }
  },
  /**
   * Windows: names with a special meaning are refused too: characters with a role in paths, streams
   * ({@code a.jpg:b}) and patterns; trailing dots and spaces, which it drops; and the names of
   * devices, with or without an extension.
   */
  WINDOWS {
    @Override
    boolean allows(String name) {
      char last = name.charAt(name.length() - 1);
      int dot = name.indexOf('.');
      String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing();
      return name.length() <= MAX_NAME
          && last != '.'
          && last != ' '
          && name.chars().noneMatch(c -> c < ' ' || "<>:\"|?*\\".indexOf(c) >= 0)
          && !DEVICES.contains(stem.toUpperCase(Locale.ROOT));
    }
  };

  /**
   * The directory in the root for the store's own data. No key may have it as a part, at any depth:
   * the root of another store may be below this one's.
   */
  static final String OWN_DIRECTORY = ".miniatura";

  /**
   * The longest name: in bytes on the usual file systems of Linux and macOS, in UTF-16 units on
   * NTFS.
   */
  private static final int MAX_NAME = 255;

  // In the names of ports, superscript digits count as digits.
  private static final Set<String> DEVICES =
      Set.of(
          ("CON PRN AUX NUL CONIN$ CONOUT$ CLOCK$ COM0 COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9"
                  + " COM\u00b9 COM\u00b2 COM\u00b3 LPT0 LPT1 LPT2 LPT3 LPT4 LPT5 LPT6 LPT7 LPT8 LPT9"
                  + " LPT\u00b9 LPT\u00b2 LPT\u00b3")
              .split(" "));

  abstract boolean allows(String name);

  /** Returns the rules of the system that a path belongs to. */
  static FileKeys of(Path path) {
    return path.getFileSystem().getSeparator().equals("\\") ? WINDOWS : POSIX;
  }

  /** Returns the path of a key, below the root. */
  Path resolve(Path root, String key) throws StoreException {
    if (!isKey(key)) {
      throw new StoreException(Kind.INVALID_KEY, "'" + key + "' does not name a file");
    }
    try {
      return root.resolve(key);
    } catch (InvalidPathException e) {
      // The locale lacks such characters (with LC_ALL=C, for example), but file systems have them:
      // a URI is bytes.
      return Path.of(URI.create(uri(root) + escaped(key)));
    }
  }

  /** Returns the name of a file as used in keys, whatever the locale. */
  static String name(Path path) {
    String text = String.valueOf(path.getFileName());
    if (of(path) == WINDOWS || text.chars().allMatch(c -> c < 0x80 && c != '?')) {
      return text;
    }
    // With LC_ALL=C, non-ASCII characters are lost in the text, but not in the URI.
    String uri = uri(path);
    byte[] bytes = unescaped(uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1));
    return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
  }

  /** Returns a path's URI with a trailing slash. */
  private static String uri(Path path) {
    String uri = path.toUri().toString();
    return uri.endsWith("/") ? uri : uri + "/";
  }

  static String escaped(String key) {
    StringBuilder text = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || b == '/');
      text.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b & 0xff));
    }
    return text.toString();
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      boolean escape = text.charAt(i) == '%';
      bytes.write(escape ? Integer.parseInt(text, i + 1, i + 3, 16) : text.charAt(i));
      i += escape ? 2 : 0;
    }
    return bytes.toByteArray();
  }

  boolean isKey(String key) {
    if (key.isEmpty() || key.indexOf('\0') >= 0 || !KeyOrder.isUnicode(key)) {
      return false;
    }
    for (String name : key.split("/", -1)) {
      if (name.isEmpty()
          || name.equals(".")
          || name.equals("..")
          || name.equalsIgnoreCase(OWN_DIRECTORY)
          || !allows(name)) {
        return false;
      }
    }
    return true;
  }
}
