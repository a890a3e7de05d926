package dev.miniatura.lambda;

/**
 * The environment variables that the function reads; each is named {@code MINIATURA_} and its
 * constant's name.
 */
enum Variable {
  /** The location of images: {@code s3://bucket} or {@code s3://bucket/prefix/}. Required. */
  SOURCE,
  /** The location of thumbnails, in the same form. Required. */
  DESTINATION,
  /**
   * The thumbnails to make, for example {@code small=fit:128x128;large=fit:1024x1024}. Required.
   */
  SPECS,
  /** Whether to refuse damaged images that would otherwise be rendered with a note. */
  STRICT,
  /** The template of thumbnails' keys; by default {@code {key}.{spec}.{ext}}. */
  KEY_TEMPLATE,
  /** The {@code Cache-Control} with which thumbnails are served. */
  CACHE_CONTROL,
  /** Limits for one image, for example {@code pixels:1G,time:20s}; by default the library's. */
  LIMITS,
  /** The maximum number of pixels of a source. */
  MAX_PIXELS,
  /** The maximum number of bytes of a source. */
  MAX_BYTES,
  /** How many images are processed at a time; by default one per processor. */
  PARALLELISM,
  /** The account that both buckets must belong to. */
  BUCKET_OWNER,
  /** The KMS key with which thumbnails are encrypted; by default that of the bucket. */
  KMS_KEY,
  /** The storage class of thumbnails; by default {@code STANDARD}. */
  STORAGE_CLASS,
  /** The DynamoDB table in which thumbnails are recorded; by default none. */
  CATALOG_TABLE,
  /** How many days the table's items are kept; by default, forever. */
  CATALOG_TTL_DAYS,
  /** Whether an image sent over HTTP may replace another; by default {@code false}. */
  HTTP_OVERWRITE,
  /** The EventBridge bus to which outcomes are sent; by default, none. */
  EVENT_BUS,
  /**
   * The prefix of images that clients upload with a form, below {@link #SOURCE}; by default none.
   */
  UPLOADS,
  /** How many minutes such a form is valid; by default 15. */
  UPLOAD_MINUTES,
  /**
   * The base URL of served thumbnails, such as {@code https://img.example.com}; by default, none.
   */
  DELIVERY_URL,
  /**
   * The prefix of thumbnails made on request, below {@link #DESTINATION}; by default there are
   * none.
   */
  ON_DEMAND,
  /** The keys for signing URLs, {@code id:secret}, separated by commas. */
  DELIVERY_KEYS,
  /** Whether specs without a format use the best one that a client accepts. */
  DELIVERY_NEGOTIATE,
  /** How many seconds caches may keep a thumbnail; by default an hour. */
  DELIVERY_MAX_AGE,
  /**
   * How many seconds caches may keep an error about an image, such as its absence; by default, 10.
   */
  DELIVERY_ERROR_MAX_AGE,
  /** A picture's file, sent with the status of an error in place of JSON. */
  DELIVERY_PLACEHOLDER,
  /** The site whose scripts may read thumbnails, or {@code *}. */
  DELIVERY_CORS,
  /** Another server that speaks the S3 protocol, for example {@code http://localhost:9000}. */
  ENDPOINT;

  static final String PREFIX = "MINIATURA_";

  /** Returns the variable's name in the environment. */
  String variable() {
    return PREFIX + name();
  }
}
