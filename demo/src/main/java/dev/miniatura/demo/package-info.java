/** The Lambda function at work, without an account. */
@NullMarked
package dev.miniatura.demo;

import org.jspecify.annotations.NullMarked;
