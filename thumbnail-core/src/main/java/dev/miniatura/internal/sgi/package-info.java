/** SGI (IRIS RGB). */
package dev.miniatura.internal.sgi;
