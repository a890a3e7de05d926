/** Truevision TGA. */
package dev.miniatura.internal.tga;
