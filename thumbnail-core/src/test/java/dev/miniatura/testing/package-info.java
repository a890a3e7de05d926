/** Contract kits for those who implement an interface of this library; published as a test-jar. */
package dev.miniatura.testing;
