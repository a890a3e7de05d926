/** The {@code miniatura} command. */
@NullMarked
package dev.miniatura.cli;

import org.jspecify.annotations.NullMarked;
