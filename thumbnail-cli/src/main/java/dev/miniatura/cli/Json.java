package dev.miniatura.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes one JSON object as one line. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes the object's fields. */
  interface Fields {
    void write(JsonGenerator generator) throws IOException;
  }

  private Json() {}

  static String line(Fields fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(line)) {
      generator.writeStartObject();
      fields.write(generator);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return line.toString();
  }
}
