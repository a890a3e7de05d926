/**
 * From images in one store to thumbnails in another: {@link
 * dev.miniatura.pipeline.ThumbnailPipeline} and what becomes of each image, {@link
 * dev.miniatura.pipeline.Outcome}.
 */
package dev.miniatura.pipeline;
