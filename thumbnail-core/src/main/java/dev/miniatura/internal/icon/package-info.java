/** Icons: Windows icons and cursors (ICO, CUR), and those of macOS (ICNS). */
package dev.miniatura.internal.icon;
