/**
 * Where images come from and where thumbnails go: the {@link dev.miniatura.storage.ImageStore}
 * interface with a store over a folder and one in memory.
 */
@NullMarked
package dev.miniatura.storage;

import org.jspecify.annotations.NullMarked;
