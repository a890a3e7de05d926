package dev.miniatura.cdk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws a template: a box for each part with resources in it, and an arrow if resources of one part
 * refer to those of another. Parts missing from the template are not drawn.
 */
final class PipelinePicture {

  private static final int WIDTH = 184;
  private static final int HEIGHT = 58;
  private static final int COLUMN = 246;
  private static final int ROW = 118;
  private static final int MARGIN = 28;
  private static final int TOP = 64;

  /**
   * A part of the pipeline.
   *
   * @param id the prefix of its resources' logical ids
   * @param type the type of resource that must exist for the part
   */
  private record Part(String id, String type, String title, String line, int column, int row) {

    int x() {
      return MARGIN + column * COLUMN;
    }

    int y() {
      return TOP + row * ROW;
    }
  }

  /** An arrow; drawn if there is a reference between its ends, in either direction. */
  private record Arrow(String from, String to, String label) {}

  /** Drawn as a frame around the function. */
  private static final String NETWORK = "PipelineNetwork";

  private static final int FRAME = 10;

  private static final List<Part> PARTS =
      List.of(
          part("PipelineStorageSource", "AWS::S3::Bucket", "Source bucket", "images", 0, 1),
          part("PipelineMonitoring", "AWS::CloudWatch::Alarm", "Alarms, dashboard", "", 0, 2),
          part("PipelineDeliveryRule", "AWS::Events::Rule", "EventBridge rule", "", 1, 0),
          part("PipelineDeliveryQueue", "AWS::SQS::Queue", "Queue", "changes", 1, 1),
          part("PipelineDeliveryDead", "AWS::SQS::Queue", "Dead letters", "failed too often", 1, 2),
          part("PipelineHttpApi", "AWS::ApiGatewayV2::Api", "HTTP API", "uploads", 2, 0),
          part("PipelineFunction", "AWS::Lambda::Function", "Function", "", 2, 1),
          part("PipelineBackfill", "AWS::IAM::Role", "Batch Operations", "backfill", 2, 2),
          part("PipelineStorageCatalog", "AWS::DynamoDB::Table", "Catalog", "", 3, 0),
          part("PipelineStorageDestination", "AWS::S3::Bucket", "Destination bucket", "", 3, 1),
          part("PipelineFunctionLogs", "AWS::Logs::LogGroup", "Log", "lines, metrics", 3, 2),
          part(NETWORK, "AWS::EC2::VPC", "VPC", "", 2, 1));

  private static final List<Arrow> ARROWS =
      List.of(
          new Arrow("PipelineHttpApi", "PipelineFunction", "calls"),
          new Arrow("PipelineStorageSource", "PipelineDeliveryQueue", "tells"),
          new Arrow("PipelineStorageSource", "PipelineDeliveryRule", "tells"),
          new Arrow("PipelineDeliveryRule", "PipelineDeliveryQueue", "tells"),
          new Arrow("PipelineDeliveryQueue", "PipelineDeliveryDead", "gives up"),
          new Arrow("PipelineDeliveryQueue", "PipelineFunction", "calls"),
          new Arrow("PipelineBackfill", "PipelineFunction", "calls"),
          new Arrow("PipelineFunction", "PipelineStorageDestination", "writes"),
          new Arrow("PipelineFunction", "PipelineStorageCatalog", "records"),
          new Arrow("PipelineFunction", "PipelineFunctionLogs", "logs"),
          new Arrow("PipelineDeliveryDead", "PipelineMonitoring", "alarm"));

  private final Resources resources;
  private final Map<String, Part> present = new LinkedHashMap<>();

  PipelinePicture(Resources resources) {
    this.resources = resources;
    for (Part part : PARTS) {
      if (resources.ids().stream()
          .anyMatch(id -> id.startsWith(part.id) && resources.type(id).equals(part.type))) {
        present.put(part.id, part);
      }
    }
  }

  private static Part part(String id, String type, String title, String line, int column, int row) {
    return new Part(id, type, title, line, column, row);
  }

  /** Returns the part that a resource belongs to: that with the longest matching prefix. */
  private String owner(String logicalId) {
    return present.keySet().stream()
        .filter(logicalId::startsWith)
        .reduce("", (one, other) -> one.length() > other.length() ? one : other);
  }

  /** Returns whether resources of one part refer to those of the other. */
  private boolean connected(String one, String other) {
    for (String id : resources.ids()) {
      String owner = owner(id);
      if (owner.equals(one) || owner.equals(other)) {
        String wanted = owner.equals(one) ? other : one;
        if (named(id).stream().anyMatch(named -> owner(named).equals(wanted))) {
          return true;
        }
      }
    }
    return false;
  }

  private Set<String> named(String id) {
    Set<String> names = new LinkedHashSet<>();
    Deque<Object> rest = new ArrayDeque<>();
    Object properties = resources.property(id);
    if (properties != null) {
      rest.add(properties);
    }
    while (!rest.isEmpty()) {
      Object next = rest.remove();
      if (next instanceof Map<?, ?> map) {
        if (map.get("Ref") instanceof String name) {
          names.add(name);
        }
        if (map.get("Fn::GetAtt") instanceof List<?> attribute) {
          names.add(String.valueOf(attribute.get(0)));
        }
        rest.addAll(present(map.values()));
      } else if (next instanceof List<?> list) {
        rest.addAll(present(list));
      }
    }
    return names;
  }

  private static List<Object> present(Collection<?> values) {
    List<Object> present = new ArrayList<>();
    for (Object value : values) {
      if (value != null) {
        present.add(value);
      }
    }
    return present;
  }

  /** Returns the labels in the drawing, boxes first. */
  List<String> titles() {
    List<String> titles = new ArrayList<>(present.values().stream().map(Part::title).toList());
    for (Arrow arrow : arrows()) {
      titles.add(title(arrow.from) + " " + arrow.label + " " + title(arrow.to));
    }
    return titles;
  }

  private String title(String id) {
    return PARTS.stream().filter(part -> part.id.equals(id)).findFirst().orElseThrow().title;
  }

  private List<Arrow> arrows() {
    return ARROWS.stream()
        .filter(
            arrow ->
                present.containsKey(arrow.from)
                    && present.containsKey(arrow.to)
                    && connected(arrow.from, arrow.to))
        .toList();
  }

  /** Returns the picture. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    int width = 2 * MARGIN + 3 * COLUMN + WIDTH;
    int height = TOP + 2 * ROW + HEIGHT + MARGIN;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif">
        <title>The thumbnail pipeline on AWS</title>
        <defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"
          markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="#44546a"/></marker></defs>
        <rect width="%1$d" height="%2$d" fill="#fff"/>
        <text x="%3$d" y="34" font-size="17" fill="#1b2a3a">The pipeline: %4$d resources</text>
        """
            .formatted(width, height, MARGIN, resources.ids().size()));
    arrows().forEach(arrow -> svg.append(line(arrow)));
    present.values().forEach(part -> svg.append(part.id.equals(NETWORK) ? frame(part) : box(part)));
    return svg.append("</svg>\n").toString();
  }

  private String box(Part part) {
    String fill =
        switch (part.type) {
          case "AWS::S3::Bucket" -> "#e5f2e5";
          case "AWS::Lambda::Function" -> "#fdebd3";
          case "AWS::SQS::Queue", "AWS::Events::Rule" -> "#fbe3ee";
          default -> "#e8eef6";
        };
    long count = resources.ids().stream().filter(id -> owner(id).equals(part.id)).count();
    String below = part.line.isEmpty() ? "" : part.line + " · ";
    return """
    <rect x="%1$d" y="%2$d" width="%3$d" height="%4$d" rx="7" fill="%5$s" stroke="#44546a"/>
    <text x="%6$d" y="%7$d" font-size="15" text-anchor="middle" fill="#1b2a3a">%8$s</text>
    <text x="%6$d" y="%9$d" font-size="11" text-anchor="middle" fill="#44546a">%10$s</text>
    """
        .formatted(
            part.x(),
            part.y(),
            WIDTH,
            HEIGHT,
            fill,
            part.x() + WIDTH / 2,
            part.y() + 25,
            part.title,
            part.y() + 44,
            below + count + (count == 1 ? " resource" : " resources"));
  }

  private static String frame(Part part) {
    return """
    <rect x="%d" y="%d" width="%d" height="%d" rx="10" fill="none" stroke="#44546a"
      stroke-dasharray="5 4"/>
    <text x="%d" y="%d" font-size="11" fill="#44546a">%s</text>
    """
        .formatted(
            part.x() - FRAME,
            part.y() - FRAME,
            WIDTH + 2 * FRAME,
            HEIGHT + 2 * FRAME,
            part.x() - FRAME,
            part.y() - FRAME - 5,
            part.title);
  }

  private String line(Arrow arrow) {
    Part from = part(arrow.from);
    Part to = part(arrow.to);
    int across = Integer.signum(to.column - from.column);
    int down = Integer.signum(to.row - from.row);
    int x1 = from.x() + (across == 0 ? WIDTH / 2 : across > 0 ? WIDTH : 0);
    int x2 = to.x() + (across == 0 ? WIDTH / 2 : across > 0 ? 0 : WIDTH);
    // Where several arrows meet a side, those from above and below keep to their end of it.
    int y1 = from.y() + (across == 0 ? (down > 0 ? HEIGHT : 0) : HEIGHT / 2 + down * 14);
    int y2 = to.y() + (across == 0 ? (down > 0 ? 0 : HEIGHT) : HEIGHT / 2 - down * 14);
    return """
    <path d="M%d %d L%d %d" stroke="#44546a" marker-end="url(#tip)"/>
    <text x="%d" y="%d" font-size="11" text-anchor="%s" fill="#44546a">%s</text>
    """
        .formatted(
            x1,
            y1,
            x2,
            y2,
            (x1 + x2) / 2 + (across == 0 ? 8 : 0),
            (y1 + y2) / 2 + (across == 0 ? 4 : -6 - (down == 0 ? 0 : 12)),
            across == 0 ? "start" : "middle",
            arrow.label);
  }

  private static Part part(String id) {
    return PARTS.stream().filter(part -> part.id.equals(id)).findFirst().orElseThrow();
  }
}
