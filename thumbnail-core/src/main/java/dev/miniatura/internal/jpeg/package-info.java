/**
 * JPEG (ITU-T T.81), in two halves that share only the names of the standard: {@link
 * dev.miniatura.internal.jpeg.decode} and {@link dev.miniatura.internal.jpeg.encode}.
 *
 * <p>Both use T.81's words: ss and se for the start and end of spectral selection, ah and al for
 * the bit positions of successive approximation, EOBRUN for a run of blocks whose band has ended. A
 * <i>lane</i> is one vector across blocks: the same coefficient of each. (A <i>line</i> is a row of
 * the image.)
 */
package dev.miniatura.internal.jpeg;
