package dev.miniatura.lambda;

import static dev.miniatura.lambda.EventTexts.quoted;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Makes events of HTTP requests, with the members and the encodings of paths and queries of events
 * recorded from the services.
 */
enum HttpTexts {
  /** A Function URL: the path is percent-encoded, and decoded only in the context. */
  FUNCTION_URL,
  /** An HTTP API with format 2.0: the path is decoded. */
  HTTP_API,
  /** An HTTP API with format 1.0: the path is decoded. */
  HTTP_API_1,
  /** A REST API: the path is percent-encoded, the query decoded. */
  REST_API,
  /** A load balancer: path and query are percent-encoded. */
  LOAD_BALANCER,
  /** A load balancer with lists of headers. */
  LOAD_BALANCER_LISTS;

  private static final String CONTEXT =
      """
      "accountId":"111122223333","apiId":"a1b2c3d4e5","domainPrefix":"a1b2c3d4e5",
      "domainName":"a1b2c3d4e5.%s.us-west-2.%s","requestId":"JKJaXmPLvHcESHA=","stage":"%s"
      """;

  String post(String path, byte[] image) {
    return event("POST", path, "", Base64.getEncoder().encodeToString(image), "image/png");
  }

  String get(String path) {
    return event("GET", path, "", "", "text/plain");
  }

  /**
   * Returns an event.
   *
   * @param path the path as the service writes it
   * @param query the query, percent-encoded, of at most one parameter
   * @param body the body in Base64
   */
  String event(String method, String path, String query, String body, String type) {
    String content =
        body.isEmpty()
            ? "\"isBase64Encoded\":false"
            : "\"body\":" + quoted(body) + ",\"isBase64Encoded\":true";
    return switch (this) {
      case FUNCTION_URL, HTTP_API -> format2(method, path, query, type, content);
      case HTTP_API_1, REST_API -> format1(method, path, query, type, content);
      case LOAD_BALANCER, LOAD_BALANCER_LISTS -> loadBalancer(method, path, query, type, content);
    };
  }

  private String format2(String method, String path, String query, String type, String content) {
    return """
        {"version":"2.0","routeKey":"$default","rawPath":%s,"rawQueryString":%s,
         "headers":{"accept":"*/*","content-type":"%s","host":"example.org"},
         "requestContext":{%s,"routeKey":"$default",
           "http":{"method":"%s","path":%s,"protocol":"HTTP/1.1","sourceIp":"192.0.2.1"}},
         %s}
        """
        .formatted(
            quoted(path), quoted(query), type, context("$default"), method, quoted(path), content);
  }

  private String format1(String method, String path, String query, String type, String content) {
    return """
        {%s"resource":"/{proxy+}","path":%s,"httpMethod":"%s",
         "headers":{"accept":"*/*","content-type":"%s"},
         "multiValueHeaders":{"accept":["*/*"],"content-type":["%s"]},
         "queryStringParameters":%s,
         "requestContext":{%s,"resourcePath":"/{proxy+}","httpMethod":"%s","protocol":"HTTP/1.1"},
         %s}
        """
        .formatted(
            this == HTTP_API_1 ? "\"version\":\"1.0\"," : "",
            quoted(path),
            method,
            type,
            type,
            parameters(query, true, false),
            context(this == HTTP_API_1 ? "$default" : "live"),
            method,
            content);
  }

  private String loadBalancer(
      String method, String path, String query, String type, String content) {
    boolean lists = this == LOAD_BALANCER_LISTS;
    return """
        {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:us-west-2:…"}},
         "httpMethod":"%s","path":%s,"%s":%s,"%s":{"content-type":%s},%s}
        """
        .formatted(
            method,
            quoted(path),
            lists ? "multiValueQueryStringParameters" : "queryStringParameters",
            parameters(query, false, lists),
            lists ? "multiValueHeaders" : "headers",
            lists ? "[" + quoted(type) + "]" : quoted(type),
            content);
  }

  private String context(String stage) {
    return this == FUNCTION_URL
        ? CONTEXT.formatted("lambda-url", "on.aws", stage)
        : CONTEXT.formatted("execute-api", "amazonaws.com", stage);
  }

  private static String parameters(String query, boolean decoded, boolean lists) {
    if (query.isEmpty()) {
      return "null";
    }
    String[] pair = query.split("=", 2);
    String value = decoded ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : pair[1];
    return "{" + quoted(pair[0]) + ":" + (lists ? "[" + quoted(value) + "]" : quoted(value)) + "}";
  }
}
