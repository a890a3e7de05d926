package dev.miniatura.lambda;

/** The environment does not say what the function needs to know; one line, naming the variable. */
final class ConfigurationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ConfigurationException(String variable, String why) {
    super(variable + ": " + why);
  }
}
