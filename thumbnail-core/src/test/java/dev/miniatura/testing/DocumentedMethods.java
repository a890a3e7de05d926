package dev.miniatura.testing;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The public methods and constructors of a folder's public types, with the exceptions in their
 * Javadoc.
 */
public final class DocumentedMethods {

  /**
   * A method or constructor.
   *
   * @param type simple names of the types it is in, joined by dots
   * @param name its name, {@code <init>} for a constructor
   * @param parameters simple names of the types of its parameters, without type arguments
   * @param inherits whether it overrides a method, whose Javadoc says what it throws
   * @param declared simple names of the exceptions it declares, and of those its own body throws
   * @param takesReference whether a parameter can be null as far as the language knows
   * @param documented simple names of the exceptions of its {@code @throws} tags
   */
  public record Documented(
      String type,
      String name,
      List<String> parameters,
      boolean inherits,
      Set<String> declared,
      boolean takesReference,
      Set<String> documented) {

    /** Returns the exceptions missing from the Javadoc. */
    public Set<String> missing() {
      Set<String> missing = new LinkedHashSet<>(declared);
      if (takesReference) {
        missing.add(NullPointerException.class.getSimpleName());
      }
      missing.removeAll(documented);
      return inherits ? Set.of() : missing;
    }

    @Override
    public String toString() {
      return type + "." + name + "(" + String.join(", ", parameters) + ")";
    }
  }

  private DocumentedMethods() {}

  /** Reads the source files of a folder, not those below it. */
  public static List<Documented> in(Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> paths = Files.list(folder)) {
      List<Path> sources = paths.filter(path -> path.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      DocTrees docs = DocTrees.instance(task);
      List<Documented> methods = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(docs, methods).scan(unit, null);
      }
      return methods;
    }
  }

  /** Walks through one file, into public types only. */
  private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final DocTrees docs;
    private final List<Documented> methods;
    private final List<String> names = new ArrayList<>();
    private boolean inInterface;

    Scanner(DocTrees docs, List<Documented> methods) {
      this.docs = docs;
      this.methods = methods;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      if (!inInterface && !type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
        return null;
      }
      boolean outer = inInterface;
      inInterface = type.getKind() == Tree.Kind.INTERFACE;
      names.add(type.getSimpleName().toString());
      super.visitClass(type, null);
      names.remove(names.size() - 1);
      inInterface = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      Set<Modifier> flags = method.getModifiers().getFlags();
      boolean isPublic = flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
      if (isPublic || (inInterface && !flags.contains(Modifier.PRIVATE))) {
        methods.add(documented(method, docs.getDocCommentTree(getCurrentPath())));
      }
      return null;
    }

    private Documented documented(MethodTree method, @Nullable DocCommentTree doc) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      Set<String> declared = new LinkedHashSet<>();
      for (ExpressionTree exception : method.getThrows()) {
        declared.add(simple(exception.toString()));
      }
      declared.addAll(thrown(method));
      Set<String> tags = new LinkedHashSet<>();
      List<? extends DocTree> blocks = doc == null ? List.of() : doc.getBlockTags();
      for (DocTree tag : blocks) {
        if (tag instanceof ThrowsTree exception) {
          tags.add(simple(exception.getExceptionName().getSignature()));
        }
      }
      return new Documented(
          String.join(".", names),
          method.getName().toString(),
          method.getParameters().stream().map(p -> simple(p.getType().toString())).toList(),
          overrides,
          declared,
          takesReference(method),
          tags);
    }

    /** A compact constructor has the components of its record, which checks those it must. */
    private static boolean takesReference(MethodTree method) {
      boolean checks = method.toString().contains("requireNonNull(");
      return checks
          || method.getParameters().stream()
              .map(VariableTree::getType)
              .anyMatch(type -> !(type instanceof PrimitiveTypeTree));
    }

    private static Set<String> thrown(MethodTree method) {
      Set<String> thrown = new LinkedHashSet<>();
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitThrow(ThrowTree statement, @Nullable Void unused) {
          if (statement.getExpression() instanceof NewClassTree made) {
            thrown.add(simple(made.getIdentifier().toString()));
          }
          return super.visitThrow(statement, null);
        }

        /** Exceptions thrown inside a try block with handlers may not escape. */
        @Override
        public @Nullable Void visitTry(TryTree attempt, @Nullable Void unused) {
          return attempt.getCatches().isEmpty()
              ? super.visitTry(attempt, null)
              : scan(attempt.getCatches(), null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree inner, @Nullable Void unused) {
          return null;
        }

        @Override
        public @Nullable Void visitLambdaExpression(
            LambdaExpressionTree lambda, @Nullable Void unused) {
          return null;
        }
      }.scan(method.getBody(), null);
      return thrown;
    }

    private static String simple(String type) {
      String raw = type.replaceAll("@\\S+\\s+", "").replaceAll("<.*>", "");
      return raw.substring(raw.lastIndexOf('.') + 1);
    }
  }
}
