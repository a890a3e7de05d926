/**
 * The pipeline's infrastructure on AWS: {@link dev.miniatura.cdk.ThumbnailPipelineConstruct} for
 * your own stacks, {@link dev.miniatura.cdk.ThumbnailPipelineStack} and {@link
 * dev.miniatura.cdk.ThumbnailPipelineApp} to deploy as they are.
 */
@NullMarked
package dev.miniatura.cdk;

import org.jspecify.annotations.NullMarked;
