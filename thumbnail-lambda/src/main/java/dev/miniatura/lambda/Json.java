package dev.miniatura.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A value in a JSON text, or the absence of one, that knows its place in the text. Errors name that
 * place.
 */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final @Nullable Object value;
  private final String path;

  private Json(@Nullable Object value, String path) {
    this.value = value;
    this.path = path;
  }

  /** Reads a text that holds one value. */
  static Json read(InputStream text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return read(parser, "");
    }
  }

  /**
   * Reads a text that holds one value.
   *
   * @param path where the text itself was found
   */
  private static Json read(String text, String path) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return read(parser, path + ":");
    }
  }

  private static Json read(JsonParser parser, String path) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw new EventException(place(path) + " is empty");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new EventException(place(path) + " has content after its end");
      }
      return new Json(value, path);
    } catch (JsonProcessingException e) {
      throw new EventException(place(path) + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Returns the value that begins at the current token. Depth is bounded by the parser. */
  private static @Nullable Object value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        return members;
      }
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        return items;
      }
      case VALUE_NULL -> {
        return null;
      }
      case VALUE_TRUE -> {
        return true;
      }
      case VALUE_FALSE -> {
        return false;
      }
      case VALUE_STRING -> {
        return parser.getText();
      }
      default -> {
        return parser.getNumberValue();
      }
    }
  }

  private static String place(String path) {
    return path.isEmpty() ? "the event" : path;
  }

  /** Returns a member of this object; an absent value if there is none or this is not an object. */
  Json get(String name) {
    Object member = value instanceof Map<?, ?> members ? members.get(name) : null;
    return new Json(member, path.isEmpty() ? name : path + "." + name);
  }

  /** Returns whether there is a value, other than {@code null}. */
  boolean isPresent() {
    return value != null;
  }

  /** Returns the names of the members of this object; none if it is not an object. */
  List<String> names() {
    return value instanceof Map<?, ?> members
        ? members.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  boolean isArray() {
    return value instanceof List;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  /** Returns whether this is the given text. */
  boolean is(String text) {
    return text.equals(value);
  }

  /** Returns the items of this array. */
  List<Json> items() throws EventException {
    if (!(value instanceof List<?> list)) {
      throw new EventException(place(path) + (isPresent() ? " is not an array" : " is missing"));
    }
    List<Json> items = new ArrayList<>();
    for (Object item : list) {
      items.add(new Json(item, path + "[" + items.size() + "]"));
    }
    return items;
  }

  /** Returns this text. */
  String text() throws EventException {
    if (value instanceof String text) {
      return text;
    }
    throw new EventException(place(path) + (isPresent() ? " is not a string" : " is missing"));
  }

  /** Returns this text, or empty if it is empty or not a text. */
  Optional<String> anyText() {
    return value instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
  }

  /** Returns this whole number, or empty if it is negative or not a whole number. */
  OptionalLong anyLength() {
    long length =
        value instanceof Integer number ? number : value instanceof Long number ? number : -1;
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /** Parses this text as JSON. */
  Json embedded() throws IOException {
    return read(text(), path);
  }

  /**
   * Returns the names of this object's members, or a description of what it is instead, for
   * messages.
   */
  String outline() {
    if (value instanceof Map<?, ?> members) {
      return "an object of " + members.keySet();
    }
    if (value instanceof List) {
      return "an array";
    }
    return isPresent() ? "a plain value" : "nothing";
  }

  /** Returns this value's place in the text. */
  String path() {
    return place(path);
  }
}
