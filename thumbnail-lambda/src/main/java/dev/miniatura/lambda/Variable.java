package dev.miniatura.lambda;

/** The environment variables that the function reads; each is {@code MINIATURA_} and its name. */
enum Variable {
  /** Where images come from: {@code s3://bucket} or {@code s3://bucket/prefix/}. Required. */
  SOURCE,
  /** Where thumbnails go, likewise. Required. */
  DESTINATION,
  /** What to make, for example {@code small=fit:128x128;large=fit:1024x1024}. Required. */
  SPECS,
  /** {@code true} refuses damaged images that would be tolerated with a note. */
  STRICT,
  /** How thumbnails' keys are made; {@code {key}.{spec}.{ext}} otherwise. */
  KEY_TEMPLATE,
  /** The {@code Cache-Control} with which thumbnails are served. */
  CACHE_CONTROL,
  /** What an image may cost, for example {@code pixels:1G,time:20s}; the library's otherwise. */
  LIMITS,
  /** Most pixels of a source. */
  MAX_PIXELS,
  /** Most bytes of a source. */
  MAX_BYTES,
  /** How many images are worked on at a time; one per processor otherwise. */
  PARALLELISM,
  /** The account that both buckets must belong to. */
  BUCKET_OWNER,
  /** The KMS key with which thumbnails are encrypted; the bucket's default otherwise. */
  KMS_KEY,
  /** The storage class of thumbnails; {@code STANDARD} otherwise. */
  STORAGE_CLASS,
  /** The DynamoDB table in which thumbnails are recorded; none otherwise. */
  CATALOG_TABLE,
  /** How many days the table's items are kept; for ever otherwise. */
  CATALOG_TTL_DAYS,
  /** Whether an image sent over HTTP may take the place of another; {@code false} otherwise. */
  HTTP_OVERWRITE,
  /** What keys of thumbnails made on request start with, below {@link #DESTINATION}; no such. */
  ON_DEMAND,
  /** The keys with which URLs may be signed, {@code id:secret}, with commas in between. */
  DELIVERY_KEYS,
  /** Whether specs without a format are in the best one that a client takes. */
  DELIVERY_NEGOTIATE,
  /** For how many seconds caches may keep a thumbnail; an hour otherwise. */
  DELIVERY_MAX_AGE,
  /** For how many seconds caches may keep that there is no such image; 10 otherwise. */
  DELIVERY_ERROR_MAX_AGE,
  /** A picture's file, sent with the status of an error in place of JSON. */
  DELIVERY_PLACEHOLDER,
  /** The site whose scripts may read thumbnails, or {@code *}. */
  DELIVERY_CORS,
  /** Another server that speaks the protocol of S3, for example {@code http://localhost:9000}. */
  ENDPOINT;

  static final String PREFIX = "MINIATURA_";

  /** Returns the variable's name in the environment. */
  String variable() {
    return PREFIX + name();
  }
}
