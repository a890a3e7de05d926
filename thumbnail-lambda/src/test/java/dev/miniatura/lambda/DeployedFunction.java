package dev.miniatura.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings with which a CloudFormation template starts a function.
 *
 * @param handler class and method
 * @param environment the function's variables, with references resolved
 */
record DeployedFunction(String handler, Map<String, String> environment) {

  /**
   * Reads a template.
   *
   * @param name the start of the handler's name
   * @param names the values of {@code Ref}, by the start of a resource's name
   */
  static DeployedFunction of(Path template, String name, Map<String, String> names)
      throws IOException {
    try (InputStream file = Files.newInputStream(template)) {
      Json resources = Json.read(file).get("Resources");
      for (String id : resources.names()) {
        Json properties = resources.get(id).get("Properties");
        if (properties.get("Handler").anyText().orElse("").startsWith(name)) {
          Json variables = properties.get("Environment").get("Variables");
          Map<String, String> environment = new TreeMap<>();
          for (String variable : variables.names()) {
            environment.put(variable, resolve(variables.get(variable), names));
          }
          return new DeployedFunction(properties.get("Handler").text(), environment);
        }
      }
    }
    throw new IllegalArgumentException(template + " has no function " + name);
  }

  private static String resolve(Json value, Map<String, String> names) throws EventException {
    if (value.get("Ref").isPresent()) {
      String id = value.get("Ref").text();
      return names.entrySet().stream()
          .filter(name -> id.startsWith(name.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("reference to " + id));
    }
    if (value.get("Fn::Join").isPresent()) {
      List<Json> join = value.get("Fn::Join").items();
      StringBuilder text = new StringBuilder();
      for (Json part : join.get(1).items()) {
        text.append(text.isEmpty() ? "" : join.get(0).text()).append(resolve(part, names));
      }
      return text.toString();
    }
    return value.text();
  }
}
