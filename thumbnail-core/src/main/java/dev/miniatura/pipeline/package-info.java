/**
 * From images in one store to thumbnails in another: {@link
 * dev.miniatura.pipeline.ThumbnailPipeline} and the result for each image, {@link
 * dev.miniatura.pipeline.Outcome}.
 */
@NullMarked
package dev.miniatura.pipeline;

import org.jspecify.annotations.NullMarked;
