package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.DocumentedMethods;
import dev.miniatura.testing.DocumentedMethods.Documented;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The Javadoc of every public method documents its exceptions. */
class ThrowsTest {

  /** Values that some methods refuse. */
  private static final Map<Class<?>, List<?>> DOUBTFUL =
      Map.of(
          int.class, List.of(-1, 0, Integer.MAX_VALUE),
          long.class, List.of(-1L, 0L, Long.MAX_VALUE),
          double.class, List.of(-1.0, 2.0, Double.NaN),
          String.class,
              List.of("", "/", "a/../b", "{ext}", "\ud800", "fit:0x0", "fit:1x1,quality:0"),
          Duration.class, List.of(Duration.ZERO, Duration.ofSeconds(-1)),
          Map.class, List.of(Map.of("?", ThumbnailSpec.fit(1, 1))));

  private static List<Documented> documented() throws IOException {
    Path sources = Path.of("src/main/java/dev/miniatura");
    List<Documented> methods = new ArrayList<>();
    for (String folder : List.of("", "pipeline", "storage")) {
      methods.addAll(DocumentedMethods.in(sources.resolve(folder)));
    }
    return methods;
  }

  @Test
  void javadoc_whatIsDeclaredOrThrownAtOnce_isSaid() throws IOException {
    assertThat(documented())
        .hasSizeGreaterThan(150)
        .allSatisfy(method -> assertThat(method.missing()).as(method.toString()).isEmpty());
  }

  /** Calls every method with doubtful values, one at a time. */
  @Test
  void javadoc_whatDoubtfulValuesAreRefusedWith_isSaid() throws IOException {
    Map<String, Set<String>> documented = new HashMap<>();
    documented()
        .forEach(
            method -> {
              if (!method.inherits()) {
                documented.put(method.toString(), method.documented());
              }
            });
    List<String> unsaid = new ArrayList<>();
    int refused = 0;
    for (Class<?> type : NullArgumentsTest.exportedTypes().toList()) {
      for (Executable called : called(type).toList()) {
        String name = name(type, called);
        for (Class<? extends Throwable> thrown : refusals(called)) {
          refused++;
          if (documented.containsKey(name) && !isSaid(documented.get(name), thrown)) {
            unsaid.add(name + " throws " + thrown.getName());
          }
        }
      }
    }
    assertThat(unsaid).isEmpty();
    assertThat(refused).isGreaterThan(30);
  }

  private static Stream<Executable> called(Class<?> type) {
    return Stream.<Executable>concat(
            Arrays.stream(type.getConstructors()), Arrays.stream(type.getDeclaredMethods()))
        .filter(called -> java.lang.reflect.Modifier.isPublic(called.getModifiers()))
        .filter(called -> !called.isSynthetic())
        .filter(
            called ->
                !(called instanceof Method method)
                    || !NullArgumentsTest.isGeneratedOrAbstract(method));
  }

  private static List<Class<? extends Throwable>> refusals(Executable called) {
    List<Class<? extends Throwable>> thrown = new ArrayList<>();
    Class<?>[] types = called.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      for (Object doubtful : DOUBTFUL.getOrDefault(types[i], List.of())) {
        @Nullable Object[] arguments = Arrays.stream(types).map(NullArgumentsTest::value).toArray();
        arguments[i] = doubtful;
        try {
          NullArgumentsTest.call(called, arguments);
        } catch (Throwable e) {
          thrown.add(e.getClass());
        }
      }
    }
    return thrown;
  }

  private static boolean isSaid(Set<String> documented, Class<?> thrown) {
    return thrown != Object.class
        && (documented.contains(thrown.getSimpleName())
            || isSaid(documented, thrown.getSuperclass()));
  }

  /** Returns the name as in {@link Documented}. */
  private static String name(Class<?> type, Executable called) {
    StringBuilder name = new StringBuilder(type.getSimpleName());
    for (Class<?> outer = type.getEnclosingClass();
        outer != null;
        outer = outer.getEnclosingClass()) {
      name.insert(0, outer.getSimpleName() + ".");
    }
    List<String> parameters =
        Arrays.stream(called.getParameterTypes()).map(Class::getSimpleName).toList();
    return name
        + "."
        + (called instanceof Constructor ? "<init>" : called.getName())
        + "("
        + String.join(", ", parameters)
        + ")";
  }
}
