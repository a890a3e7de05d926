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
 * The template of thumbnails' keys: text with fields in braces.
 *
 * <p>Different sources and specs must get different keys. Templates that cannot ensure that are
 * refused; those that ensure it for all but some sources (with {@code {name}}, {@code a.jpg} and
 * {@code a.webp} may collide) are accepted, and the pipeline notices when two sources do collide.
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

  /**
   * Returns the template for thumbnails made on request: a folder for each source, with a name of
   * constant length.
   */
  static KeyTemplate onDemand() {
    KeyTemplate template = new KeyTemplate("{id}/{spec}");
    template.pieces.add(new Piece.Variable(Field.ID));
    template.pieces.add(new Piece.Text("/"));
    template.pieces.add(new Piece.Variable(Field.SPEC));
    return template;
  }

  /** Returns the prefix of all keys that {@link #onDemand} makes for a source. */
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
   * Returns whether one spec can give a source the key that the other spec gives another source.
   * The text before the first field that comes from the source, and the text after the last one,
   * are known. If those texts of one spec contain those of the other at the outer ends, a source's
   * name can make up the difference. A spec's name between two such fields is not examined here.
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

  /** Returns the literal prefix of every key. */
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
        // Without a folder, the slash after it is omitted.
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
