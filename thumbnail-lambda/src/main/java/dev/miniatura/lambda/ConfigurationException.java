package dev.miniatura.lambda;

/**
 * A setting in the environment is missing or wrong. The message is one line that names the
 * variable.
 */
final class ConfigurationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ConfigurationException(String variable, String why) {
    super(variable + ": " + why);
  }
}
