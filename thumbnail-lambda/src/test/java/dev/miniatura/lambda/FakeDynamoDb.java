package dev.miniatura.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A table in memory that evaluates the two conditions of the catalog. {@link CatalogIT} shows that
 * they mean the same to a real server.
 */
final class FakeDynamoDb implements DynamoDbClient {

  final Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
  final List<String> calls = new ArrayList<>();
  @Nullable RuntimeException failure;

  private void called(String call, String table) {
    calls.add(call + " " + table);
    if (failure != null) {
      throw failure;
    }
  }

  private static AttributeValue value(Map<String, AttributeValue> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static String name(Map<String, AttributeValue> key) {
    return value(key, "source").s() + " " + value(key, "spec").s();
  }

  private void check(
      String name, @Nullable String condition, Map<String, AttributeValue> placeholders) {
    Map<String, AttributeValue> item = items.getOrDefault(name, Map.of());
    boolean notNewer =
        item.containsKey("seenAt")
            && Long.parseLong(value(item, "seenAt").n())
                <= Long.parseLong(value(placeholders, ":seen").n());
    boolean holds =
        switch (String.valueOf(condition)) {
          case "attribute_not_exists(seenAt) OR seenAt <= :seen" -> item.isEmpty() || notNewer;
          case "sourceVersion = :version AND specHash = :hash AND outcome = :outcome"
                  + " AND seenAt <= :seen" ->
              notNewer
                  && value(placeholders, ":version").equals(item.get("sourceVersion"))
                  && value(placeholders, ":hash").equals(item.get("specHash"))
                  && value(placeholders, ":outcome").equals(item.get("outcome"));
          default -> throw new IllegalArgumentException(condition);
        };
    if (!holds) {
      throw ConditionalCheckFailedException.builder().message("no").build();
    }
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    called("put", request.tableName());
    String name = name(request.item());
    check(name, request.conditionExpression(), request.expressionAttributeValues());
    items.put(name, request.item());
    return PutItemResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    called("update", request.tableName());
    String name = name(request.key());
    check(name, request.conditionExpression(), request.expressionAttributeValues());
    if (!request.updateExpression().equals("SET seenAt = :seen") || request.key().size() != 2) {
      throw new IllegalArgumentException(request.toString());
    }
    Map<String, AttributeValue> item = new TreeMap<>(items.getOrDefault(name, Map.of()));
    item.put("seenAt", value(request.expressionAttributeValues(), ":seen"));
    items.put(name, item);
    return UpdateItemResponse.builder().build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    called("delete", request.tableName());
    check(name(request.key()), request.conditionExpression(), request.expressionAttributeValues());
    items.remove(name(request.key()));
    return DeleteItemResponse.builder().build();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    called("query", request.tableName());
    if (!request.keyConditionExpression().equals("#source = :source")
        || !request.expressionAttributeNames().equals(Map.of("#source", "source"))) {
      throw new IllegalArgumentException(request.toString());
    }
    AttributeValue source = value(request.expressionAttributeValues(), ":source");
    return QueryResponse.builder()
        .items(items.values().stream().filter(item -> source.equals(item.get("source"))).toList())
        .build();
  }

  /** Returns an attribute of every item. */
  List<String> values(String attribute) {
    return items.values().stream()
        .map(item -> item.getOrDefault(attribute, AttributeValue.fromS("none")))
        .map(value -> value.s() != null ? value.s() : value.n())
        .toList();
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}
}
