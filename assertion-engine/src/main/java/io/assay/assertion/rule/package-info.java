/** From text to checked rules: the compiler and its issues. */
@NullMarked
package io.assay.assertion.rule;

import org.jspecify.annotations.NullMarked;
