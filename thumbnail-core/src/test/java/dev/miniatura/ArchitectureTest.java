package dev.miniatura;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.MemoryImageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds the code to the package rules of {@code docs/architecture.md}. */
class ArchitectureTest {

  private static final String INTERNAL = "dev.miniatura.internal.";

  private static final Pattern PACKAGE_ROW =
      Pattern.compile("\\| `([a-z0-9.]+)` \\| [^|]+ \\|((?: `[a-z0-9.]+`,?)*) \\|");

  private static final Pattern ARTIFACT_ROW =
      Pattern.compile("\\| `([a-z0-9-]+)` \\|((?: `[a-z0-9-]+`,?)*) \\|");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(ThumbnailSpec.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void exportedTypes_areAtMostTwentyOne() {
    List<String> exported =
        CORE.stream()
            .filter(type -> !type.getPackageName().startsWith("dev.miniatura.internal"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(JavaClass::isTopLevelClass)
            .map(JavaClass::getName)
            .toList();
    assertThat(exported).hasSizeBetween(10, 21);
  }

  /** Kotlin reads nullness annotations of packages, not of modules. */
  @Test
  void exportedPackages_areNullMarked() {
    for (Class<?> type :
        List.of(Thumbnailer.class, ThumbnailPipeline.class, MemoryImageStore.class)) {
      assertThat(type.getPackage().isAnnotationPresent(NullMarked.class)).isTrue();
    }
  }

  @Test
  void internals_knowNeitherStorageNorPipeline() {
    noClasses()
        .that()
        .resideInAPackage("dev.miniatura.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.miniatura.storage..", "dev.miniatura.pipeline..")
        .check(CORE);
  }

  /** The table of packages in {@code docs/architecture.md} matches the code exactly. */
  @Test
  void internalPackages_useThoseOfTheTable() throws IOException {
    Map<String, Set<String>> table = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "architecture.md"))) {
      Matcher row = PACKAGE_ROW.matcher(line);
      if (row.matches()) {
        table.put(row.group(1), names(row.group(2)));
      }
    }
    Map<String, Set<String>> code = new TreeMap<>();
    for (JavaClass type : CORE) {
      String name = internal(type.getPackageName());
      if (!name.isEmpty()) {
        Set<String> used = code.computeIfAbsent(name, any -> new TreeSet<>());
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String other =
              internal(dependency.getTargetClass().getBaseComponentType().getPackageName());
          if (!other.isEmpty() && !other.equals(name)) {
            used.add(other);
          }
        }
      }
    }
    assertThat(code).hasSizeGreaterThan(20).isEqualTo(table);
  }

  /**
   * So does the table of artifacts: the dependencies that each POM declares outside the test scope.
   */
  @Test
  void artifacts_useThoseOfTheTable() throws Exception {
    Map<String, Set<String>> table = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "architecture.md"))) {
      Matcher row = ARTIFACT_ROW.matcher(line);
      if (row.matches()) {
        table.put(row.group(1), names(row.group(2)));
      }
    }
    Map<String, Set<String>> declared = new TreeMap<>();
    for (Element module : children(pom("."), "modules", "module")) {
      Set<String> used = new TreeSet<>();
      for (Element dependency :
          children(pom(module.getTextContent()), "dependencies", "dependency")) {
        if (text(dependency, "groupId").equals("dev.miniatura")
            && !text(dependency, "scope").equals("test")
            && !text(dependency, "type").equals("test-jar")) {
          used.add(text(dependency, "artifactId"));
        }
      }
      declared.put(module.getTextContent(), used);
    }
    assertThat(declared).isEqualTo(table);
  }

  private static Element pom(String module) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of("..", module, "pom.xml").toFile())
        .getDocumentElement();
  }

  private static List<Element> children(Element parent, String group, String name) {
    return elements(parent, group).flatMap(each -> elements(each, name)).toList();
  }

  private static String text(Element parent, String name) {
    return elements(parent, name).map(Element::getTextContent).findFirst().orElse("");
  }

  private static Stream<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeName().equals(name))
        .map(Element.class::cast);
  }

  private static Set<String> names(String cell) {
    Set<String> names = new TreeSet<>();
    Matcher name = Pattern.compile("`([^`]+)`").matcher(cell);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  /** Returns the name of an internal package below {@code internal}, or an empty text. */
  private static String internal(String name) {
    return name.startsWith(INTERNAL) ? name.substring(INTERNAL.length()) : "";
  }

  @Test
  void internalPackages_haveNoCycles() {
    slices().matching("dev.miniatura.internal.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void resampler_isUsedByTheEngineOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(INTERNAL + "engine", INTERNAL + "resample")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL + "resample")
        .check(CORE);
  }

  /**
   * A decoder may open another for data inside its own; otherwise only the engine opens decoders.
   */
  @Test
  void decoders_areOpenedByTheEngineOrADecoder() {
    Set<String> opening = new TreeSet<>();
    for (JavaClass decoder : CORE) {
      if (decoder.isAssignableTo(ImageDecoder.class)) {
        for (Dependency dependency : decoder.getDirectDependenciesToSelf()) {
          opening.add(dependency.getOriginClass().getPackageName());
        }
      }
    }
    Set<String> allowed = new TreeSet<>(Set.of(INTERNAL + "engine", INTERNAL + "raster"));
    CORE.stream()
        .filter(type -> type.isAssignableTo(ImageDecoder.class))
        .forEach(type -> allowed.add(type.getPackageName()));
    assertThat(allowed).hasSizeGreaterThan(10).containsAll(opening);
  }

  @Test
  void halvesOfJpeg_neverSeeEachOther() {
    slices()
        .matching("dev.miniatura.internal.jpeg.(*)..")
        .should()
        .notDependOnEachOther()
        .check(CORE);
  }

  @Test
  void plugins_areUsedByTheEngineOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.miniatura.internal..")
        .and()
        .resideOutsideOfPackages(INTERNAL + "engine", INTERNAL + "imageio")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL + "imageio")
        .check(CORE);
  }

  @Test
  void imageIo_isUsedInItsOwnPackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.miniatura.internal.imageio")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.imageio..", "com.twelvemonkeys..")
        .check(CORE);
  }

  @Test
  void core_usesNothingOfTheCloudOrALoggingFramework() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.miniatura..",
            "java..",
            "javax.imageio..",
            "com.twelvemonkeys..",
            "net.coobird.thumbnailator..",
            "org.jspecify..",
            "org.tukaani.xz..")
        .check(CORE);
  }
}
