package dev.miniatura.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request over HTTP, from each of the services that call functions. They process the path in
 * different ways, and an event does not say how:
 *
 * <table>
 * <caption>Services</caption>
 * <tr><th>service</th><th>recognized by</th><th>path</th><th>query</th></tr>
 * <tr><td>Function URL</td><td>{@code requestContext.http}, domain {@code .lambda-url.}</td>
 * <td>{@code rawPath}, percent-encoded</td><td>{@code rawQueryString}, form-encoded</td></tr>
 * <tr><td>HTTP API, format 2.0</td><td>{@code requestContext.http}, another domain</td>
 * <td>{@code rawPath}, decoded</td><td>{@code rawQueryString}, form-encoded</td></tr>
 * <tr><td>HTTP API, format 1.0</td><td>{@code httpMethod}, {@code version} is {@code 1.0}</td>
 * <td>{@code path}, decoded</td><td>{@code queryStringParameters}, decoded</td></tr>
 * <tr><td>REST API</td><td>{@code httpMethod}, no {@code version}</td>
 * <td>{@code path}, percent-encoded</td><td>{@code queryStringParameters}, decoded</td></tr>
 * <tr><td>Application Load Balancer</td><td>{@code requestContext.elb}</td>
 * <td>{@code path}, percent-encoded</td><td>{@code queryStringParameters} or {@code
 * multiValueQueryStringParameters}, form-encoded</td></tr>
 * </table>
 *
 * <p>An HTTP API decodes a path twice and cuts it off at a question mark, so there a path cannot
 * carry every key. A query can carry any key everywhere.
 *
 * @param method the request's method
 * @param path the path in the event, without the stage
 * @param encoding the encoding of the path
 * @param keyParameter the parameter {@code key} of the query, decoded
 * @param specParameter the parameter {@code spec} of the query, decoded
 * @param query whether the query has other parameters than that and those of a signature
 */
record HttpEvent(
    String method,
    String path,
    EventKeys encoding,
    Optional<String> keyParameter,
    Optional<String> specParameter,
    boolean query) {

  private static final String KEY = "key";
  private static final String SPEC = "spec";

  /** The prefix of signature parameters in the query. */
  private static final String SIGNATURE = "X-Amz-";

  private record Parameter(String name, String value) {}

  static boolean isHttp(Json event) {
    Json context = event.get("requestContext");
    return context.get("http").isPresent()
        || (context.isPresent() && event.get("httpMethod").isPresent());
  }

  /** Returns whether the answer's headers must be lists, as in the event. */
  static boolean hasHeaderLists(Json event) {
    return event.get("requestContext").get("elb").isPresent()
        && event.get("multiValueHeaders").isPresent();
  }

  static HttpEvent of(Json event) throws EventException {
    if (event.get("requestContext").get("http").isPresent()) {
      return format2(event);
    }
    if (event.get("requestContext").get("elb").isPresent()) {
      return loadBalancer(event);
    }
    List<Parameter> parameters = plain(event.get("queryStringParameters"));
    return event.get("version").is("1.0")
        ? of(event.get("httpMethod"), unstaged(event, "path"), EventKeys.PLAIN, parameters)
        : of(event.get("httpMethod"), event.get("path"), EventKeys.PERCENT, parameters);
  }

  private static HttpEvent format2(Json event) throws EventException {
    Json context = event.get("requestContext");
    List<Parameter> parameters =
        form(event.get("rawQueryString").anyText().orElse(""), "rawQueryString");
    Json method = context.get("http").get("method");
    boolean functionUrl = context.get("domainName").anyText().orElse("").contains(".lambda-url.");
    return functionUrl
        ? of(method, event.get("rawPath"), EventKeys.PERCENT, parameters)
        : of(method, unstaged(event, "rawPath"), EventKeys.PLAIN, parameters);
  }

  private static HttpEvent loadBalancer(Json event) throws EventException {
    List<Parameter> parameters = new ArrayList<>();
    Json single = event.get("queryStringParameters");
    for (String name : single.names()) {
      parameters.addAll(form(name + "=" + single.get(name).text(), single.path()));
    }
    Json multiple = event.get("multiValueQueryStringParameters");
    for (String name : multiple.names()) {
      for (Json value : multiple.get(name).items()) {
        parameters.addAll(form(name + "=" + value.text(), multiple.path()));
      }
    }
    return of(event.get("httpMethod"), event.get("path"), EventKeys.PERCENT, parameters);
  }

  private static HttpEvent of(
      Json method, Json path, EventKeys encoding, List<Parameter> parameters)
      throws EventException {
    return of(method, path.text(), encoding, parameters);
  }

  private static HttpEvent of(
      Json method, String path, EventKeys encoding, List<Parameter> parameters)
      throws EventException {
    return new HttpEvent(
        method.text(),
        path,
        encoding,
        first(parameters, KEY),
        first(parameters, SPEC),
        parameters.stream()
            .map(Parameter::name)
            .anyMatch(name -> !name.equals(KEY) && !name.startsWith(SIGNATURE)));
  }

  private static Optional<String> first(List<Parameter> parameters, String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst();
  }

  /** A stage of an HTTP API, other than the default one, is part of the path. */
  private static String unstaged(Json event, String member) throws EventException {
    String path = event.get(member).text();
    String name = event.get("requestContext").get("stage").anyText().orElse("$default");
    String stage = "/" + name;
    return !name.equals("$default") && (path.equals(stage) || path.startsWith(stage + "/"))
        ? path.substring(stage.length())
        : path;
  }

  private static List<Parameter> plain(Json parameters) throws EventException {
    List<Parameter> all = new ArrayList<>();
    for (String name : parameters.names()) {
      all.add(new Parameter(name, parameters.get(name).text()));
    }
    return all;
  }

  private static List<Parameter> form(String query, String place) throws EventException {
    List<Parameter> all = new ArrayList<>();
    for (String each : query.split("&", -1)) {
      if (!each.isEmpty()) {
        String[] pair = each.split("=", 2);
        all.add(
            new Parameter(decode(pair[0], place), pair.length < 2 ? "" : decode(pair[1], place)));
      }
    }
    return all;
  }

  private static String decode(String text, String place) throws EventException {
    return text.isEmpty() ? "" : EventKeys.FORM.decode(text, place);
  }
}
