package dev.miniatura.lambda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A DynamoDB server in memory, on the loopback interface, with the catalog's table: dynalite, which
 * runs on Node.js. Tests that need it are skipped if there is no npm, except in CI.
 */
final class DynamoServer implements AutoCloseable {

  static final String TABLE = "thumbnails";

  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path INSTALLED = Path.of("target/dynalite");
  private static final int INSTALL_SECONDS = 120;

  private final Process process;
  private final URI endpoint;
  private final DynamoDbClient client;

  DynamoServer() throws IOException, InterruptedException {
    install();
    process =
        new ProcessBuilder("node", "dynalite.mjs")
            .directory(INSTALLED.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String port = output.readLine(); // the end of a process that fails is the end of its output
    if (port == null) {
      throw new IOException("dynalite has not started");
    }
    endpoint = URI.create("http://127.0.0.1:" + port);
    client =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
            .build();
    createTable();
  }

  private static void install() throws IOException, InterruptedException {
    if (Files.isDirectory(INSTALLED.resolve("node_modules"))) {
      return;
    }
    Files.createDirectories(INSTALLED);
    for (String name : List.of("package.json", "package-lock.json", "dynalite.mjs")) {
      Files.copy(
          SOURCES.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Process npm;
    try {
      npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(INSTALLED.toFile())
              .redirectErrorStream(true)
              .redirectOutput(INSTALLED.resolve("npm.log").toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(System.getenv("CI") != null, "npm is not installed");
      throw e;
    }
    if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new IOException("npm failed; see " + INSTALLED.resolve("npm.log"));
    }
  }

  private void createTable() {
    client.createTable(
        request ->
            request
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keyPart("source", KeyType.HASH), keyPart("spec", KeyType.RANGE))
                .attributeDefinitions(text("source"), text("spec")));
    client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
  }

  private static KeySchemaElement keyPart(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  URI endpoint() {
    return endpoint;
  }

  DynamoDbClient client() {
    return client;
  }

  /** Returns a source's items, in the order of their specs. */
  List<Map<String, AttributeValue>> items(String source) {
    return client
        .query(
            request ->
                request
                    .tableName(TABLE)
                    .consistentRead(true)
                    .keyConditionExpression("#source = :source")
                    .expressionAttributeNames(Map.of("#source", "source"))
                    .expressionAttributeValues(Map.of(":source", AttributeValue.fromS(source))))
        .items();
  }

  /** Returns all items. */
  List<Map<String, AttributeValue>> items() {
    return client.scan(request -> request.tableName(TABLE).consistentRead(true)).items();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    client.close();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
