/**
 * Thumbnails of images. Most users need three types only: {@link dev.miniatura.Thumbnailer} renders
 * an {@link dev.miniatura.ImageSource} as a {@link dev.miniatura.ThumbnailSpec} says.
 *
 * <pre>{@code
 * Thumbnailer thumbnailer = Thumbnailer.create(); // one for the whole application
 * Thumbnail thumbnail = thumbnailer.render(ImageSource.of(photo), ThumbnailSpec.fit(256, 256));
 * thumbnail.writeTo(Path.of("photo." + thumbnail.extension()));
 * }</pre>
 *
 * <p>Folders and buckets full of images are taken through {@link
 * dev.miniatura.pipeline.ThumbnailPipeline}.
 *
 * <p>No parameter takes null and no method returns it, in this and in the other exported packages;
 * a null is refused at once with a {@link NullPointerException} that names the parameter.
 */
@NullMarked
package dev.miniatura;

import org.jspecify.annotations.NullMarked;
