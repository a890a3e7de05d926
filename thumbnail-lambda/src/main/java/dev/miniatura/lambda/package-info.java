/**
 * The pipeline as an AWS Lambda function: an event comes in, is recognized, and each object it
 * names goes through the pipeline.
 */
@NullMarked
package dev.miniatura.lambda;

import org.jspecify.annotations.NullMarked;
