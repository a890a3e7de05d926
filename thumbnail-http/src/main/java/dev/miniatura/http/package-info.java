/**
 * Thumbnails on request. {@link dev.miniatura.http.ThumbnailService} turns a {@link
 * dev.miniatura.http.ThumbnailRequest} into a {@link dev.miniatura.http.ThumbnailResponse}; it
 * contains no server, so that any can be put around it. {@link dev.miniatura.http.ThumbnailUrls}
 * makes the URLs.
 */
@NullMarked
package dev.miniatura.http;

import org.jspecify.annotations.NullMarked;
