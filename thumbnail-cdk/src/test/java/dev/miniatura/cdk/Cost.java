package dev.miniatura.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The cost of a million images, in US dollars.
 *
 * <p>Prices are list prices of us-east-1 without the free tier, noted in November 2026. They differ
 * by region and change, the formula does not: compare them with aws.amazon.com/lambda/pricing,
 * /s3/pricing, /sqs/pricing, /cloudwatch/pricing and /dynamodb/pricing before relying on a total.
 */
final class Cost {

  static final double GB_SECOND_ARM = 0.0000133334;
  static final double INVOCATION = 0.20 / 1e6;
  static final double S3_PUT = 0.005 / 1e3;
  static final double S3_GET = 0.0004 / 1e3;
  static final double SQS_REQUEST = 0.40 / 1e6;
  static final double LOG_GB = 0.50;
  static final double CATALOG_WRITE = 0.625 / 1e6;

  private static final int IMAGES = 1_000_000;

  /** Of each image's messages: sent, received and deleted, the latter two a batch at a time. */
  private static final double MESSAGE_SENT = 1;

  private static final double CALLS_PER_BATCH = 2;

  /**
   * The properties of an image.
   *
   * @param millis the function's billed time per image, when warm
   * @param coldMillis the additional time of a cold start
   * @param coldShare how many of 1,000 invocations start cold
   * @param memory the function's memory in MB
   * @param specs how many thumbnails are made of it
   * @param listed whether a spec leaves the format to the source, so that a listing replaces the
   *     lookup of the first thumbnail
   * @param reads the number of ranges in which the source is read
   * @param perInvocation how many images an invocation gets on average
   * @param logBytes the log's growth in bytes
   * @param catalog whether there is a catalog
   */
  record Image(
      double millis,
      double coldMillis,
      double coldShare,
      int memory,
      int specs,
      boolean listed,
      int reads,
      double perInvocation,
      int logBytes,
      boolean catalog) {}

  /** The cost of one item. */
  record Item(String name, double dollars) {}

  private Cost() {}

  static List<Item> ofAMillion(Image image) {
    double seconds =
        (image.millis + image.coldMillis * image.coldShare / 1000 / image.perInvocation) / 1000;
    double invocations = 1 / image.perInvocation;
    int lists = image.listed ? 1 : 0; // which cost what PUTs do
    int heads = image.listed ? 0 : 1;
    List<Item> items = new ArrayList<>();
    items.add(item("Lambda, time", seconds * image.memory / 1024 * GB_SECOND_ARM));
    items.add(item("Lambda, invocations", invocations * INVOCATION));
    items.add(item("S3, PUT and LIST", (image.specs + lists) * S3_PUT));
    items.add(item("S3, GET and HEAD", (image.reads + heads) * S3_GET));
    items.add(item("SQS", (MESSAGE_SENT + CALLS_PER_BATCH * invocations) * SQS_REQUEST));
    items.add(item("CloudWatch, logs", image.logBytes / 1e9 * LOG_GB));
    if (image.catalog) {
      items.add(item("DynamoDB, writes", image.specs * CATALOG_WRITE));
    }
    return items;
  }

  private static Item item(String name, double each) {
    return new Item(name, each * IMAGES);
  }

  static double total(Image image) {
    return ofAMillion(image).stream().mapToDouble(Item::dollars).sum();
  }

  /** Returns the table of the manual. */
  static String table(List<Image> images) {
    StringBuilder table = new StringBuilder("| US$ per million images |");
    for (Image image : images) {
      table.append(
          String.format(
              Locale.ROOT, " %.0f ms, %.0f of 1000 cold |", image.millis, image.coldShare));
    }
    table.append("\n|---|").append("--:|".repeat(images.size())).append('\n');
    int rows = ofAMillion(images.get(0)).size();
    for (int row = 0; row < rows; row++) {
      table.append("| ").append(ofAMillion(images.get(0)).get(row).name).append(" |");
      for (Image image : images) {
        table.append(String.format(Locale.ROOT, " %.2f |", ofAMillion(image).get(row).dollars));
      }
      table.append('\n');
    }
    table.append("| **together** |");
    for (Image image : images) {
      table.append(String.format(Locale.ROOT, " **%.2f** |", total(image)));
    }
    return table.append('\n').toString();
  }
}
