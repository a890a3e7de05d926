package dev.miniatura.heic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.codec.StillPictureCodec;
import dev.miniatura.internal.heif.Codecs;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core finds this codec however the two artifacts are combined. */
class CodecDiscoveryTest {

  private static final Path CORE = location(Thumbnailer.class);
  private static final Path HEIC = location(HevcCodec.class);

  @Test
  void onTheClassPath() throws Exception {
    assertThat(Codecs.of("hvc1")).isInstanceOf(HevcCodec.class);
    assertThat(Codecs.of("av01")).isNotInstanceOf(HevcCodec.class);
  }

  @Test
  void onTheClassPath_whateverTheThreadsLoader() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(Codecs.of("hvc1")).isInstanceOf(HevcCodec.class);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void onTheModulePath() throws Exception {
    List<Path> path = new ArrayList<>(List.of(CORE, HEIC));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String name = Path.of(entry).getFileName().toString();
      if (name.startsWith("thumbnailator")
          || name.startsWith("imageio")
          || name.startsWith("common")) {
        path.add(Path.of(entry));
      }
    }
    Configuration modules =
        ModuleLayer.boot()
            .configuration()
            .resolveAndBind(
                ModuleFinder.of(path.toArray(Path[]::new)),
                ModuleFinder.of(),
                Set.of("dev.miniatura.core"));
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithOneLoader(
            modules, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader());
    Module core = layer.layer().findModule("dev.miniatura.core").orElseThrow();
    layer.addExports(core, Codecs.class.getPackageName(), getClass().getModule());

    Object codec = find(core.getClassLoader());

    assertThat(codec.getClass().getModule().getName()).isEqualTo("dev.miniatura.heic");
    assertThat(core.isExported(StillPictureCodec.class.getPackageName())).isFalse();
  }

  @Test
  void inOneJar(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("all.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      copy(CORE, entries);
      copy(HEIC, entries);
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      assertThat(find(loader).getClass().getClassLoader()).isSameAs(loader);
    }
  }

  /** Calls the core of a class loader, which is not the one of this test. */
  private static Object find(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> codecs = loader.loadClass(Codecs.class.getName());
    assertThat(codecs).isNotSameAs(Codecs.class);
    Object codec = codecs.getMethod("of", String.class).invoke(null, "hvc1");
    assertThat(codec.getClass().getName()).isEqualTo(HevcCodec.class.getName());
    return codec;
  }

  private static void copy(Path artifact, JarOutputStream out) throws IOException {
    if (!Files.isDirectory(artifact)) {
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + artifact.toUri()), Map.of())) {
        copyTree(jar.getPath("/"), out);
      }
    } else {
      copyTree(artifact, out);
    }
  }

  private static void copyTree(Path root, JarOutputStream out) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = root.relativize(file).toString();
      if ((name.endsWith(".class") && !name.equals("module-info.class"))
          || name.startsWith("META-INF/services/")) {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  private static Path location(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
