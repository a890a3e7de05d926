package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailCatalog;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.FileImageStore;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.MemoryImageStore;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every parameter of every public method and constructor refuses null, with its name in the
 * message.
 */
class NullArgumentsTest {

  private static final ImageInfo INFO =
      new ImageInfo(ImageHeader.of("PNG", 1, 1, "RGB", 8).build());

  private static final MemoryImageStore STORE = MemoryImageStore.create();

  /** A value of each type that occurs; those of exported types are also the receivers of calls. */
  private static final Map<Class<?>, Object> VALUES = values();

  private static Map<Class<?>, Object> values() {
    Map<Class<?>, Object> values = new HashMap<>();
    Outcome.Timing timing =
        new Outcome.Timing(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);
    ThumbnailSpec spec = ThumbnailSpec.fit(9, 9);
    LimitExceededException limit = new LimitExceededException(Limits.Kind.PIXELS, 1, 2);
    for (Object value :
        List.of(
            INFO,
            INFO.camera(),
            Limits.defaults(),
            Limits.Kind.PIXELS,
            spec,
            Thumbnailer.create(),
            new Thumbnail(new byte[1], 1, 1, OutputFormat.PNG, INFO, List.of()),
            new RenderPlan.Output(spec, 1, 1, OutputFormat.PNG),
            new RenderPlan(INFO, "", List.of(), 1),
            new MalformedImageException("PNG", 0, ""),
            new UnsupportedImageException(""),
            new BusyException(""),
            new OutOfMemoryError(),
            limit,
            timing,
            new Outcome.Item("", "", "", 1, 1, 1, ""),
            new Outcome.Written("", List.of(), INFO, List.of(), timing),
            new Outcome.Unchanged("", List.of(), timing),
            new Outcome.Removed("", List.of(), timing),
            new Outcome.Skipped("", Outcome.Reason.FOLDER, timing),
            new Outcome.Refused("", limit, timing),
            new Outcome.Failed("", Outcome.Failure.IO, limit, timing),
            STORE,
            FileImageStore.of(Path.of("nowhere")),
            ThumbnailPipeline.builder(STORE, MemoryImageStore.create()),
            ThumbnailPipeline.builder(STORE, MemoryImageStore.create()).spec("s", spec).build(),
            ImageStore.Attributes.none(),
            new ImageStore.Entry("k", 1, "v", Instant.EPOCH, ImageStore.Attributes.none()),
            ImageStore.Condition.always(),
            ImageStore.Condition.absent(),
            new ImageStore.StoreException(ImageStore.Kind.NETWORK, ""))) {
      values.put(value.getClass(), value);
    }
    ImageStore.Condition unchanged = ImageStore.Condition.unchanged("v");
    values.put(unchanged.getClass(), unchanged);
    values.put(ImageStore.Condition.class, unchanged);
    values.put(ImageStore.class, STORE);
    values.put(ImageSource.class, ImageSource.of(new byte[1]));
    values.put(OutputFormat.class, OutputFormat.PNG);
    values.put(Outcome.Reason.class, Outcome.Reason.FOLDER);
    values.put(Outcome.Failure.class, Outcome.Failure.IO);
    values.put(ImageStore.Kind.class, ImageStore.Kind.NETWORK);
    values.put(Gravity.class, Gravity.CENTER);
    values.put(Kernel.class, Kernel.BOX);
    values.put(String.class, "s");
    values.put(Path.class, Path.of("nowhere"));
    values.put(byte[].class, new byte[1]);
    values.put(int.class, 1);
    values.put(long.class, 1L);
    values.put(boolean.class, true);
    values.put(List.class, List.of());
    values.put(Collection.class, List.of());
    values.put(Map.class, Map.of());
    values.put(Optional.class, Optional.empty());
    values.put(Duration.class, Duration.ofSeconds(1));
    values.put(Instant.class, Instant.EPOCH);
    values.put(LocalDateTime.class, LocalDateTime.MIN);
    values.put(Throwable.class, limit);
    values.put(InputStream.class, new ByteArrayInputStream(new byte[1]));
    values.put(OutputStream.class, new ByteArrayOutputStream());
    values.put(BufferedImage.class, new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
    values.put(Stream.class, Stream.of());
    values.put(Consumer.class, (Consumer<Object>) outcome -> {});
    values.put(BiConsumer.class, (BiConsumer<Object, Object>) (name, thumbnail) -> {});
    values.put(Function.class, Function.identity());
    values.put(double.class, 1.0);
    values.put(UnaryOperator.class, UnaryOperator.identity());
    values.put(Font.class, new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    values.put(ThumbnailCatalog.class, (ThumbnailCatalog) (source, outcome, seen) -> {});
    return values;
  }

  @TestFactory
  Stream<DynamicTest> publicMethods_null_isRefusedByName() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Class<?> type : exportedTypes().toList()) {
      Stream.concat(Arrays.stream(type.getConstructors()), Arrays.stream(type.getMethods()))
          .filter(called -> called.getDeclaringClass() == type && !called.isSynthetic())
          .filter(called -> !(called instanceof Method m) || !isGeneratedOrAbstract(m))
          .forEach(
              called -> {
                for (int i = 0; i < called.getParameterCount(); i++) {
                  int at = i;
                  if (!called.getParameterTypes()[i].isPrimitive()) {
                    tests.add(
                        dynamicTest(
                            type.getSimpleName() + "." + called.getName() + " " + i,
                            () -> refusesNull(called, at)));
                  }
                }
              });
    }
    assertThat(tests).hasSizeGreaterThan(100);
    return tests.stream();
  }

  static boolean isGeneratedOrAbstract(Method method) {
    return method.getName().equals("equals")
        || method.getName().equals("valueOf")
        || Modifier.isAbstract(method.getModifiers());
  }

  private static void refusesNull(Executable called, int at) {
    Parameter[] parameters = called.getParameters();
    @Nullable Object[] arguments = Arrays.stream(parameters).map(p -> value(p.getType())).toArray();
    arguments[at] = null;
    assertThatThrownBy(() -> call(called, arguments))
        .isInstanceOf(NullPointerException.class)
        .hasMessage(parameters[at].getName());
  }

  static void call(Executable called, @Nullable Object[] arguments) throws Throwable {
    try {
      if (called instanceof java.lang.reflect.Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else if (called instanceof Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        method.invoke(isStatic ? null : value(method.getDeclaringClass()), arguments);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  static Object value(Class<?> type) {
    return Objects.requireNonNull(VALUES.get(type), () -> "no value for " + type);
  }

  static Stream<Class<?>> exportedTypes() {
    return new com.tngtech.archunit.core.importer.ClassFileImporter()
            .withImportOption(
                com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.miniatura", "dev.miniatura.pipeline", "dev.miniatura.storage")
            .stream()
            .filter(type -> !type.getPackageName().contains(".internal"))
            .filter(type -> !type.isAnonymousClass() && !type.getSimpleName().isEmpty())
            .<Class<?>>map(type -> type.reflect())
            .filter(NullArgumentsTest::isPublic);
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }
}
