/**
 * Measures the library, alone and against its peers; see {@code benchmarks/README.md} for the
 * question each class answers. This module is not published.
 */
@org.jspecify.annotations.NullMarked
package dev.miniatura.benchmarks;
