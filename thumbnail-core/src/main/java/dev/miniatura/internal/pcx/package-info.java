/** ZSoft PCX. */
package dev.miniatura.internal.pcx;
