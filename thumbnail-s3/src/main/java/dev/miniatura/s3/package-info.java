/**
 * Images in S3 buckets: {@link dev.miniatura.s3.S3ImageStore}, on any client of AWS SDK v2, and
 * {@link dev.miniatura.s3.S3Clients}, which makes a suitable one.
 */
@NullMarked
package dev.miniatura.s3;

import org.jspecify.annotations.NullMarked;
