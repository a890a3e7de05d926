package dev.miniatura.cdk;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a template, read as text: references become names in braces, without the
 * construct's path and hash, for example <code>{Storage.Source.Arn}/photos/*</code>.
 */
final class Resources {

  private final Map<String, Map<String, Object>> all = new TreeMap<>();

  @SuppressWarnings("unchecked")
  private Resources(Map<String, Object> template) {
    all.putAll((Map<String, Map<String, Object>>) requireNonNull(template.get("Resources")));
  }

  static Resources of(Synthesis.Kind kind) {
    return new Resources(Synthesis.template(kind).toJSON());
  }

  /** Returns the logical ids of all resources. */
  Collection<String> ids() {
    return all.keySet();
  }

  /** Returns how many resources of each type there are. */
  Map<String, Long> types() {
    return all.values().stream()
        .collect(
            Collectors.groupingBy(
                each -> String.valueOf(each.get("Type")), TreeMap::new, Collectors.counting()));
  }

  String type(String id) {
    return String.valueOf(requireNonNull(all.get(id)).get("Type"));
  }

  /** Returns the id of the only resource of a type whose id has a prefix. */
  String id(String type, String start) {
    List<String> found =
        all.keySet().stream().filter(id -> id.startsWith(start) && type(id).equals(type)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found + " are of type " + type + " and begin with " + start);
    }
    return found.get(0);
  }

  /** Returns a property, or a property of a property. */
  @Nullable Object property(String id, String... path) {
    Object value = requireNonNull(all.get(id)).get("Properties");
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value;
  }

  /** Returns the policy of a role, a queue, a bucket or a topic, a statement a line. */
  List<String> policy(String type, String start) {
    Object statements = property(id(type, start), "PolicyDocument", "Statement");
    List<String> lines = new ArrayList<>();
    for (Object each : (List<?>) requireNonNull(statements)) {
      lines.add(statement((Map<?, ?>) each));
    }
    return lines;
  }

  static String statement(Map<?, ?> statement) {
    StringBuilder line = new StringBuilder();
    line.append(statement.get("Effect")).append(' ').append(list(statement.get("Action")));
    line.append(" on ").append(list(statement.get("Resource")));
    if (statement.get("Principal") != null) {
      line.append(" to ").append(text(statement.get("Principal")));
    }
    if (statement.get("Condition") != null) {
      line.append(" if ").append(text(statement.get("Condition")));
    }
    return line.toString();
  }

  private static String list(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(Resources::text).collect(Collectors.joining(", "))
        : text(value);
  }

  /** Returns a value as text. */
  static String text(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      if (map.get("Ref") != null) {
        return "{" + shortened(String.valueOf(map.get("Ref"))) + "}";
      }
      if (map.get("Fn::GetAtt") instanceof List<?> attribute) {
        return "{" + shortened(String.valueOf(attribute.get(0))) + "." + attribute.get(1) + "}";
      }
      if (map.get("Fn::Join") instanceof List<?> join && join.get(1) instanceof List<?> parts) {
        return parts.stream()
            .map(Resources::text)
            .collect(Collectors.joining(String.valueOf(join.get(0))));
      }
      return new TreeMap<>(map)
          .entrySet().stream()
              .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
              .collect(Collectors.joining(" "));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Resources::text).toList().toString();
    }
    return String.valueOf(value);
  }

  static String shortened(String id) {
    return id.replaceFirst("^Pipeline(Storage|Delivery|Function|Monitoring)?", "")
        .replaceFirst("[0-9A-F]{8}$", "");
  }
}
