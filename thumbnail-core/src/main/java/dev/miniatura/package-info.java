/**
 * Thumbnails of images. Most users need only three types: {@link dev.miniatura.Thumbnailer} renders
 * an {@link dev.miniatura.ImageSource} according to a {@link dev.miniatura.ThumbnailSpec}.
 *
 * <pre>{@code
 * Thumbnailer thumbnailer = Thumbnailer.create(); // one for the whole application
 * Thumbnail thumbnail = thumbnailer.render(ImageSource.of(photo), ThumbnailSpec.fit(256, 256));
 * thumbnail.writeTo(Path.of("photo." + thumbnail.extension()));
 * }</pre>
 *
 * <p>To process folders and buckets of images, use {@link
 * dev.miniatura.pipeline.ThumbnailPipeline}.
 *
 * <p>In this and the other exported packages, no parameter accepts null and no method returns it; a
 * null argument is refused immediately with a {@link NullPointerException} that names the
 * parameter.
 */
@NullMarked
package dev.miniatura;

import org.jspecify.annotations.NullMarked;
