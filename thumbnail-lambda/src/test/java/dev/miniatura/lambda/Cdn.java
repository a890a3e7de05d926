package dev.miniatura.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * CloudFront as configured by a template, without its caches: the function at the edge, the origins
 * in the order of the origin group, and the headers of the policies.
 */
final class Cdn implements AutoCloseable {

  /** S3's answer for a missing object to callers that may not list the bucket. */
  private static final int NOT_THERE = 403;

  private final Json resources;
  private final Json distribution;
  private final Edge edge;
  private final S3Server s3;
  private final String bucket;
  private final FunctionProcess function;

  /**
   * Reads a template.
   *
   * @param store content of the KeyValueStore of signing keys
   * @param bucket the destination
   * @param function the function behind the URL
   */
  Cdn(
      Path template,
      Map<String, String> store,
      Path folder,
      S3Server s3,
      String bucket,
      FunctionProcess function)
      throws IOException {
    try (InputStream file = Files.newInputStream(template)) {
      resources = Json.read(file).get("Resources");
    }
    distribution = properties("AWS::CloudFront::Distribution").get("DistributionConfig");
    edge =
        new Edge(properties("AWS::CloudFront::Function").get("FunctionCode").text(), store, folder);
    this.s3 = s3;
    this.bucket = bucket;
    this.function = function;
  }

  /**
   * An answer.
   *
   * @param origin its origin: {@code edge}, {@code bucket} or {@code function}
   * @param uri the path that the origins were asked for
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(String origin, String uri, int status, Map<String, String> headers, byte[] body) {

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private Json properties(String type) throws IOException {
    for (String id : resources.names()) {
      if (resources.get(id).get("Type").is(type)) {
        return resources.get(id).get("Properties");
      }
    }
    throw new IOException("the template has no " + type);
  }

  /** Answers a request. */
  Answer get(String path, Map<String, String> headers) throws Exception {
    Json request = edge.handle("GET", path, headers);
    if (request.get("statusCode").isPresent()) {
      return new Answer(
          "edge",
          "",
          number(request.get("statusCode")),
          values(request.get("headers")),
          request.get("body").text().getBytes(StandardCharsets.UTF_8));
    }
    List<Answer> answers = new ArrayList<>();
    for (String origin : origins()) {
      answers.add(origin.equals("bucket") ? bucket(request) : function("GET", request));
      if (!failover().contains(answers.get(answers.size() - 1).status())) {
        break;
      }
    }
    return withHeaders(answers.get(answers.size() - 1));
  }

  /** Calls the function as CloudFront would, bypassing the edge and the bucket. */
  Answer function(String path, Map<String, String> headers) throws Exception {
    return function("GET", path, headers);
  }

  /** Returns the origins of the group in its order. */
  private List<String> origins() throws IOException {
    List<String> all = new ArrayList<>();
    for (Json member : group().get("Members").get("Items").items()) {
      for (Json origin : distribution.get("Origins").items()) {
        if (origin.get("Id").is(member.get("OriginId").text())) {
          all.add(origin.get("S3OriginConfig").isPresent() ? "bucket" : "function");
        }
      }
    }
    return all;
  }

  private Json group() throws IOException {
    Json group = distribution.get("OriginGroups").get("Items").items().get(0);
    if (!group
        .get("Id")
        .is(distribution.get("DefaultCacheBehavior").get("TargetOriginId").text())) {
      throw new IOException("the origin group is not what is asked");
    }
    return group;
  }

  private List<Integer> failover() throws IOException {
    List<Integer> all = new ArrayList<>();
    for (Json status : group().get("FailoverCriteria").get("StatusCodes").get("Items").items()) {
      all.add(number(status));
    }
    return all;
  }

  private Answer bucket(Json request) throws IOException {
    String uri = request.get("uri").text();
    String key = URI.create(uri).getPath().substring(1);
    try {
      ResponseBytes<GetObjectResponse> object =
          s3.client().getObjectAsBytes(get -> get.bucket(bucket).key(key));
      Map<String, String> headers = new TreeMap<>();
      headers.put("content-type", object.response().contentType());
      headers.put("etag", object.response().eTag());
      if (object.response().cacheControl() != null) {
        headers.put("cache-control", object.response().cacheControl());
      }
      return new Answer("bucket", uri, 200, headers, object.asByteArray());
    } catch (NoSuchKeyException e) {
      return new Answer("bucket", uri, NOT_THERE, Map.of(), new byte[0]);
    }
  }

  /** Sends the request with the headers that the origin request policy forwards. */
  private Answer function(String method, Json request) throws Exception {
    Map<String, String> headers = new HashMap<>();
    Map<String, String> all = values(request.get("headers"));
    Json forwarded =
        properties("AWS::CloudFront::OriginRequestPolicy")
            .get("OriginRequestPolicyConfig")
            .get("HeadersConfig");
    for (Json name : forwarded.get("Headers").items()) {
      String header = name.text().toLowerCase(Locale.ROOT);
      if (all.containsKey(header)) {
        headers.put(header, all.get(header));
      }
    }
    return function(method, request.get("uri").text(), headers);
  }

  private Answer function(String method, String uri, Map<String, String> headers) throws Exception {
    String event =
        """
        {"version":"2.0","rawPath":%s,"rawQueryString":"","headers":{%s},
         "requestContext":{"domainName":"id.lambda-url.us-east-1.on.aws",
          "http":{"method":%s,"path":"/decoded"}},"isBase64Encoded":false}
        """
            .formatted(
                EventTexts.quoted(uri),
                headers.entrySet().stream()
                    .map(
                        it ->
                            EventTexts.quoted(it.getKey()) + ":" + EventTexts.quoted(it.getValue()))
                    .collect(Collectors.joining(",")),
                EventTexts.quoted(method));
    Json answer =
        Json.read(
            new ByteArrayInputStream(function.invoke(event).getBytes(StandardCharsets.UTF_8)));
    return new Answer(
        "function",
        uri,
        number(answer.get("statusCode")),
        values(answer.get("headers")),
        Base64.getDecoder().decode(answer.get("body").text()));
  }

  private Answer withHeaders(Answer answer) throws IOException {
    Map<String, String> headers = new TreeMap<>(answer.headers());
    Json policy =
        properties("AWS::CloudFront::ResponseHeadersPolicy").get("ResponseHeadersPolicyConfig");
    for (Json custom : policy.get("CustomHeadersConfig").get("Items").items()) {
      headers.putIfAbsent(
          custom.get("Header").text().toLowerCase(Locale.ROOT), custom.get("Value").text());
    }
    if (policy.get("SecurityHeadersConfig").get("ContentTypeOptions").isPresent()) {
      headers.put("x-content-type-options", "nosniff");
    }
    return new Answer(answer.origin(), answer.uri(), answer.status(), headers, answer.body());
  }

  private static Map<String, String> values(Json headers) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String name : headers.names()) {
      Json value = headers.get(name);
      all.put(
          name.toLowerCase(Locale.ROOT),
          value.get("value").isPresent() ? value.get("value").text() : value.text());
    }
    return all;
  }

  private static int number(Json value) {
    return Math.toIntExact(value.anyLength().orElseThrow());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    edge.close();
  }
}
