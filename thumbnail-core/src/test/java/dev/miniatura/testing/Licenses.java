package dev.miniatura.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Checks whether a merged jar contains the licenses and notices of its parts. */
public final class Licenses {

  private static final Pattern NAME = Pattern.compile("(META-INF/)?(LICENSE|NOTICE)(\\.(txt|md))?");

  private Licenses() {}

  /** Returns the licenses and notices of jars on the class path that are missing from a bundle. */
  public static List<String> missing(Path bundle) throws IOException {
    List<String> missing = new ArrayList<>();
    try (JarFile merged = new JarFile(bundle.toFile())) {
      for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        if (element.endsWith(".jar") && Files.exists(Path.of(element))) {
          try (JarFile jar = new JarFile(element)) {
            if (holdsAClassOf(merged, jar)) {
              missing.addAll(missing(merged, jar));
            }
          }
        }
      }
    }
    return missing;
  }

  private static boolean holdsAClassOf(JarFile merged, JarFile jar) {
    return Collections.list(jar.entries()).stream()
        .filter(entry -> entry.getName().matches("[^-]*/[^-]*\\.class"))
        .findFirst()
        .filter(entry -> merged.getEntry(entry.getName()) != null)
        .isPresent();
  }

  private static List<String> missing(JarFile merged, JarFile jar) throws IOException {
    List<String> missing = new ArrayList<>();
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (NAME.matcher(entry.getName()).matches()
          && !text(merged, entry.getName()).contains(text(jar, entry.getName()))) {
        missing.add(jar.getName() + ": " + entry.getName());
      }
    }
    return missing;
  }

  private static String text(JarFile jar, String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    return entry == null
        ? ""
        : new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
