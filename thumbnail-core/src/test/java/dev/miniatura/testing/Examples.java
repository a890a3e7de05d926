package dev.miniatura.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java examples in documents and Javadoc, each the statements of a method. */
public final class Examples {

  private static final Pattern FENCED = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern JAVADOC =
      Pattern.compile("<pre>\\{@code\\R(.*?)\\R\\s*\\*\\s*\\}</pre>", Pattern.DOTALL);

  private Examples() {}

  /** Returns the examples in a Markdown document. */
  public static List<String> inMarkdown(Path file) throws IOException {
    return found(FENCED, Files.readString(file));
  }

  /** Returns the examples in the Javadoc of a folder's source files, not of those below it. */
  public static List<String> inJavadoc(Path folder) throws IOException {
    List<String> examples = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        for (String example : found(JAVADOC, Files.readString(file))) {
          examples.add(example.replaceAll("(?m)^\\s*\\* ?", ""));
        }
      }
    }
    return examples;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /**
   * Compiles examples against the class path of the test.
   *
   * @param imports the imports
   * @param type what the class around each example extends
   * @param members members of that class: what the examples take for granted
   * @return the compiler's errors, each with the example
   */
  public static List<String> errors(
      List<String> examples, String imports, String type, String members) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> sources = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      sources.add(new Source("Example" + i, imports, type, members, examples.get(i)));
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Path classes = Files.createTempDirectory("examples");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
      List<String> options = List.of("-proc:none", "-d", classes.toString());
      compiler.getTask(null, files, problems, options, null, sources).call();
    } finally {
      delete(classes);
    }
    return problems.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .map(problem -> problem.getMessage(Locale.ROOT) + " in\n" + problem.getSource())
        .toList();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String example;
    private final String text;

    Source(String name, String imports, String type, String members, String example) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.example = example;
      text =
          "%s\nabstract class %s extends %s {\n%s\nvoid example() throws Exception {\n%s\n}}"
              .formatted(imports, name, type, members, example);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    @Override
    public String toString() {
      return example;
    }
  }
}
