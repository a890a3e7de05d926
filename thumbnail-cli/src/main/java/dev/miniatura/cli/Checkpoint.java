package dev.miniatura.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The progress of a backfill.
 *
 * @param task a description of the task; a checkpoint of another task cannot be used
 * @param after the key up to which every object has been processed
 * @param again keys before it that must be tried again
 * @param reported length in bytes of the report on the others
 */
record Checkpoint(String task, String after, List<String> again, long reported) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Reads the output of {@link #write}; empty if there is no such file. */
  static Optional<Checkpoint> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (JsonParser json = FACTORY.createParser(Files.readString(file))) {
      String task = "";
      String after = "";
      List<String> again = new ArrayList<>();
      long reported = 0;
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "backfill" -> task = json.getText();
          case "after" -> after = json.getText();
          case "reported" -> reported = json.getLongValue();
          case "again" -> {
            while (json.nextToken() == JsonToken.VALUE_STRING) {
              again.add(json.getText());
            }
          }
          default -> json.skipChildren();
        }
      }
      if (task.isEmpty()) {
        throw new SetupException(file + " is not the checkpoint of a backfill");
      }
      return Optional.of(new Checkpoint(task, after, again, reported));
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw new SetupException(file + " is not the checkpoint of a backfill", e);
    }
  }

  /**
   * Writes the file atomically: at every moment it is either this checkpoint or the previous one.
   */
  void write(Path file) throws IOException {
    String text =
        Json.line(
            json -> {
              json.writeStringField("backfill", task);
              json.writeStringField("after", after);
              json.writeArrayFieldStart("again");
              for (String key : again) {
                json.writeString(key);
              }
              json.writeEndArray();
              json.writeNumberField("reported", reported);
            });
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
