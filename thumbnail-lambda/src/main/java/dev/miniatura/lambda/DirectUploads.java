package dev.miniatura.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.http.ThumbnailUrls;
import dev.miniatura.internal.bytes.Sha256;
import dev.miniatura.storage.ImageStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Uploads that go directly to the bucket: the function signs a form, and later reports the image's
 * status. Each caller has a folder of its own and sees only its own uploads.
 */
final class DirectUploads {

  private static final Pattern ENDING = Pattern.compile(".*(\\.[A-Za-z0-9]{1,8})");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}(\\.[a-z0-9]{1,8})?");
  private static final Pattern TYPE = Pattern.compile("image/[A-Za-z0-9.+-]{1,100}");
  private static final String ANY_TYPE = "application/octet-stream";
  private static final int ID_BYTES = 16;
  private static final int FOLDER_BYTES = 12;

  private final Configuration configuration;
  private final Configuration.UploadForms settings;
  private final Stores stores;
  private final AwsCredentialsProvider credentials;
  private final String region;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * Creates an instance.
   *
   * @param settings the settings for uploads
   * @param credentials the function's credentials, which sign the forms
   * @param region the bucket's region
   */
  DirectUploads(
      Configuration configuration,
      Configuration.UploadForms settings,
      Stores stores,
      AwsCredentialsProvider credentials,
      String region,
      Clock clock) {
    this.configuration = configuration;
    this.settings = settings;
    this.stores = stores;
    this.credentials = credentials;
    this.region = region;
    this.clock = clock;
  }

  /** Answers with a form for a new upload. */
  void form(Request.NewUpload wish, HttpAnswers answers) throws IOException {
    String type = wish.type().isEmpty() ? ANY_TYPE : wish.type();
    if (!type.equals(ANY_TYPE) && !TYPE.matcher(type).matches()) {
      answers.text(415, "error", "the type is to be image/…");
      return;
    }
    String id = newId(wish.name());
    String key = key(wish.caller().orElseThrow(), id);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plus(settings.lifetime());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key", configuration.source().prefix() + key);
    fields.put("Content-Type", type);
    Map<String, String> signed =
        PostPolicy.sign(
            fields,
            configuration.source().bucket(),
            settings.maxBytes(),
            expires,
            credentials.resolveCredentials(),
            region,
            now);
    answers.json(
        201,
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("key", key);
          json.writeStringField("expires", expires.toString());
          json.writeNumberField("maxBytes", settings.maxBytes());
          json.writeStringField("url", address());
          json.writeObjectFieldStart("fields");
          for (Map.Entry<String, String> field : signed.entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
          }
          json.writeEndObject();
          urls(json, key);
        });
  }

  /** Answers with the status of an upload. */
  void status(Request.UploadStatus question, HttpAnswers answers) throws IOException {
    if (!ID.matcher(question.id()).matches()) {
      answers.text(404, "error", "there is no such upload");
      return;
    }
    String key = key(question.caller().orElseThrow(), question.id());
    String object = configuration.source().prefix() + key;
    List<Statuses.Status> known = stores.statuses().orElseThrow().of(object);
    Optional<ImageStore.Entry> present =
        known.isEmpty() ? stores.source().stat(object) : Optional.empty();
    answers.json(
        200,
        json -> {
          json.writeStringField("id", question.id());
          json.writeStringField("key", key);
          json.writeBooleanField("uploaded", !known.isEmpty() || present.isPresent());
          // All specs of an image have the same outcome
          json.writeStringField("status", known.isEmpty() ? "pending" : known.get(0).outcome());
          if (!known.isEmpty() && !known.get(0).detail().isEmpty()) {
            json.writeStringField("detail", known.get(0).detail());
          }
          urls(json, key);
        });
  }

  /**
   * Returns an id that keeps the name's extension, as the bucket's notifications may depend on it.
   */
  private String newId(String name) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    Matcher ending = ENDING.matcher(name);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        + (ending.matches() ? ending.group(1).toLowerCase(Locale.ROOT) : "");
  }

  /** Returns the key of a caller's upload, without the source's prefix. */
  private String key(String caller, String id) {
    return settings.prefix() + Sha256.hex(caller, FOLDER_BYTES) + "/" + id;
  }

  private String address() {
    String bucket = configuration.source().bucket();
    String onAws =
        bucket.contains(".") // no certificate covers such host names
            ? "https://s3." + region + ".amazonaws.com/" + bucket
            : "https://" + bucket + ".s3." + region + ".amazonaws.com/";
    return configuration.endpoint().map(endpoint -> endpoint + "/" + bucket).orElse(onAws);
  }

  private void urls(JsonGenerator json, String key) throws IOException {
    if (settings.deliveryUrl().isEmpty()) {
      return;
    }
    ThumbnailUrls urls = ThumbnailUrls.at(settings.deliveryUrl().get());
    json.writeObjectFieldStart("thumbnails");
    for (String spec : configuration.specs().keySet()) {
      json.writeStringField(spec, urls.named(spec, key));
    }
    json.writeEndObject();
  }
}
