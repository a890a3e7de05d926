/**
 * Tests for implementations of {@link dev.miniatura.storage.ImageStore}, on JUnit 5 and AssertJ.
 * Start with {@link dev.miniatura.storage.testkit.ImageStoreContract}.
 */
@NullMarked
package dev.miniatura.storage.testkit;

import org.jspecify.annotations.NullMarked;
