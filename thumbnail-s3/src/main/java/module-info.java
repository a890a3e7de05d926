/** An image store over an S3 bucket, on AWS SDK v2. */
@org.jspecify.annotations.NullMarked
module dev.miniatura.s3 {
  requires transitive dev.miniatura.core;
  requires transitive software.amazon.awssdk.services.s3;
  requires org.slf4j; // of the SDK, whose automatic modules cannot require it
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries.api;
  requires static org.jspecify;

  exports dev.miniatura.s3;
}
