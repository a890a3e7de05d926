package dev.miniatura.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The fields of a form that lets a browser post one object to a bucket, signed with Signature
 * Version 4 (Amazon S3 API Reference, "Authenticating Requests: Browser-Based Uploads Using POST").
 */
final class PostPolicy {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private PostPolicy() {}

  /**
   * Returns the form's fields, which precede the field {@code file}.
   *
   * @param fields the fields besides the signature, with the values they must have
   * @param bucket the bucket
   * @param maxBytes the maximum size of the object, at least one byte
   * @param expires when the form expires
   */
  static Map<String, String> sign(
      Map<String, String> fields,
      String bucket,
      long maxBytes,
      Instant expires,
      AwsCredentials credentials,
      String region,
      Instant now) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    String scope = DAY.format(now) + "/" + region + "/s3/aws4_request";
    all.put("x-amz-algorithm", ALGORITHM);
    all.put("x-amz-credential", credentials.accessKeyId() + "/" + scope);
    all.put("x-amz-date", TIME.format(now));
    if (credentials instanceof AwsSessionCredentials session) {
      all.put("x-amz-security-token", session.sessionToken());
    }
    String policy =
        Base64.getEncoder()
            .encodeToString(
                policy(all, bucket, maxBytes, expires).getBytes(StandardCharsets.UTF_8));
    all.put("policy", policy);
    all.put(
        "x-amz-signature",
        signature(policy, credentials.secretAccessKey(), DAY.format(now), region));
    return all;
  }

  private static String policy(
      Map<String, String> fields, String bucket, long maxBytes, Instant expires) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("expiration", expires.toString());
      json.writeArrayFieldStart("conditions");
      Map<String, String> conditions = new TreeMap<>(fields);
      conditions.put("bucket", bucket);
      for (Map.Entry<String, String> condition : conditions.entrySet()) {
        json.writeStartObject();
        json.writeStringField(condition.getKey(), condition.getValue());
        json.writeEndObject();
      }
      json.writeStartArray();
      json.writeString("content-length-range");
      json.writeNumber(1);
      json.writeNumber(maxBytes);
      json.writeEndArray();
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return text.toString();
  }

  /** Returns the signature of a Base64-encoded policy. */
  static String signature(String policy, String secret, String day, String region) {
    byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), day);
    for (String part : new String[] {region, "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, policy));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
