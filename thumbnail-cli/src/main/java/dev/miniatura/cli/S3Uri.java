package dev.miniatura.cli;

/**
 * An object or a folder in a bucket, such as {@code s3://bucket/2024/beach.jpg}. Nothing in it is
 * escaped.
 *
 * @param bucket the bucket's name
 * @param key the object's key or the folder's prefix; {@code ""} for the bucket itself
 */
record S3Uri(String bucket, String key) {

  static final String SCHEME = "s3://";

  static boolean is(String argument) {
    return argument.startsWith(SCHEME);
  }

  static S3Uri parse(String argument) {
    int end = argument.indexOf('/', SCHEME.length());
    S3Uri uri =
        end < 0
            ? new S3Uri(argument.substring(SCHEME.length()), "")
            : new S3Uri(argument.substring(SCHEME.length(), end), argument.substring(end + 1));
    if (uri.bucket.isEmpty()) {
      throw new SetupException("'" + argument + "' does not name a bucket");
    }
    return uri;
  }

  /** Returns the key as a prefix that ends with a slash, or {@code ""} for the whole bucket. */
  String folder() {
    return key.isEmpty() || key.endsWith("/") ? key : key + "/";
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
