package dev.miniatura.pipeline;

import dev.miniatura.OutputFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a thumbnail's key is made: text with fields in braces.
 *
 * <p>Different sources and specs must give different keys. Templates that cannot hold that are
 * refused; those that hold it for all but some sources (with {@code {name}}, {@code a.jpg} and
 * {@code a.webp} may meet) are let through, and the pipeline notices when two sources do meet.
 */
final class KeyTemplate {

  private static final Pattern PIECE = Pattern.compile("\\{([^{}]*)\\}|[^{}]+");

  private enum Field {
    KEY,
    ID,
    DIR,
    NAME,
    SPEC,
    EXT;

    String text() {
      return "{" + name().toLowerCase(Locale.ROOT) + "}";
    }
  }

  /** Literal text, or a field. */
  private sealed interface Piece {
    record Text(String text) implements Piece {}

    record Variable(Field field) implements Piece {}
  }

  private final String template;
  private final List<Piece> pieces = new ArrayList<>();

  private KeyTemplate(String template) {
    this.template = template;
  }

  /** Returns the template of what is made on request: a folder for each source, equally short. */
  static KeyTemplate onDemand() {
    KeyTemplate template = new KeyTemplate("{id}/{spec}");
    template.pieces.add(new Piece.Variable(Field.ID));
    template.pieces.add(new Piece.Text("/"));
    template.pieces.add(new Piece.Variable(Field.SPEC));
    return template;
  }

  /** Returns what all keys of a source start with that {@link #onDemand} makes. */
  static String onDemandFolder(String key) {
    return Label.sourceId(key) + "/";
  }

  static KeyTemplate parse(String template, Collection<String> specs) {
    KeyTemplate parsed = new KeyTemplate(template);
    Matcher piece = PIECE.matcher(template);
    int end = 0;
    while (piece.lookingAt()) {
      String field = piece.group(1);
      parsed.pieces.add(
          field == null ? new Piece.Text(piece.group()) : new Piece.Variable(parsed.field(field)));
      end = piece.end();
      piece.region(end, template.length());
    }
    if (end < template.length()) {
      throw parsed.refused("a brace is not closed");
    }
    parsed.checkDistinct(List.copyOf(specs));
    return parsed;
  }

  private Field field(String name) {
    return Stream.of(Field.values())
        .filter(field -> field != Field.ID && field.text().equals("{" + name + "}"))
        .findFirst()
        .orElseThrow(
            () -> refused("{" + name + "} is none of {key}, {dir}, {name}, {spec} and {ext}"));
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("key template '" + template + "': " + why);
  }

  private boolean has(Field field) {
    return pieces.contains(new Piece.Variable(field));
  }

  /** Returns whether no two sources can get the same key. */
  boolean keepsSourcesApart() {
    return has(Field.KEY) || has(Field.ID);
  }

  private void checkDistinct(List<String> specs) {
    if (!has(Field.KEY) && !(has(Field.DIR) && has(Field.NAME))) {
      throw refused("all sources would share keys; it needs {key}, or {dir} and {name}");
    }
    if (specs.size() > 1 && !has(Field.SPEC)) {
      throw refused("all specs would share a key; it needs {spec}");
    }
    for (String one : specs) {
      for (String other : specs) {
        if (!one.equals(other) && meet(one, other)) {
          throw refused(
              "a thumbnail of '" + one + "' can get the key of another source's '" + other + "'");
        }
      }
    }
  }

  /**
   * Returns whether the rest of one spec's key can be a source whose other key is the same. What
   * precedes the first field that comes from the source, and what follows the last, is known. If
   * those texts of one spec contain those of the other at the outer ends, a source can make up for
   * the difference. A spec between two such fields is not judged here.
   */
  private boolean meet(String one, String other) {
    List<Piece> head = pieces.stream().takeWhile(piece -> !fromSource(piece)).toList();
    List<Piece> tail = pieces;
    while (tail.stream().anyMatch(KeyTemplate::fromSource)) {
      tail = tail.subList(1, tail.size());
    }
    Piece spec = new Piece.Variable(Field.SPEC);
    if (!head.contains(spec) && !tail.contains(spec)) {
      return false;
    }
    for (OutputFormat format : OutputFormat.all()) {
      for (OutputFormat otherFormat : OutputFormat.all()) {
        if (expand(head, "", one, format).startsWith(expand(head, "", other, otherFormat))
            && expand(tail, "", one, format).endsWith(expand(tail, "", other, otherFormat))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean fromSource(Piece piece) {
    return piece instanceof Piece.Variable variable
        && variable.field() != Field.SPEC
        && variable.field() != Field.EXT;
  }

  /** Returns the text that every key starts with. */
  String prefix() {
    return pieces.get(0) instanceof Piece.Text text ? text.text() : "";
  }

  /**
   * Returns a thumbnail's key.
   *
   * @param key the source's key, without the pipeline's source prefix
   */
  String expand(String key, String spec, OutputFormat format) {
    return expand(pieces, key, spec, format);
  }

  private static String expand(List<Piece> pieces, String key, String spec, OutputFormat format) {
    int slash = key.lastIndexOf('/');
    String dir = slash < 0 ? "" : key.substring(0, slash);
    String file = key.substring(slash + 1);
    int dot = file.lastIndexOf('.');
    String name = dot > 0 ? file.substring(0, dot) : file;
    StringBuilder expanded = new StringBuilder();
    boolean noFolder = false;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Text text) {
        // A key without a folder has no slash after its folder either.
        expanded.append(
            text.text(), noFolder && text.text().startsWith("/") ? 1 : 0, text.text().length());
        noFolder = false;
      } else if (piece instanceof Piece.Variable variable) {
        noFolder = variable.field() == Field.DIR && slash < 0;
        expanded.append(
            switch (variable.field()) {
              case KEY -> key;
              case ID -> Label.sourceId(key);
              case DIR -> dir;
              case NAME -> name;
              case SPEC -> spec;
              case EXT -> format.extension();
            });
      }
    }
    return expanded.toString();
  }

  @Override
  public String toString() {
    return template;
  }
}
