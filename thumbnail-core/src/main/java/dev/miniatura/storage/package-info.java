/**
 * Stores of images and thumbnails: the {@link dev.miniatura.storage.ImageStore} interface, a store
 * backed by a folder and one in memory.
 */
@NullMarked
package dev.miniatura.storage;

import org.jspecify.annotations.NullMarked;
