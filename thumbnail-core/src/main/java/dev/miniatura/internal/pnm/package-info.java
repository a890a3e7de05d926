/** The Netpbm formats: PBM, PGM, PPM, PAM, and PFM. */
package dev.miniatura.internal.pnm;
