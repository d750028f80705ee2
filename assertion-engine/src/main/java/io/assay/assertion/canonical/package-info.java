/** Checked rule sets as JSON, and back. */
@NullMarked
package io.assay.assertion.canonical;

import org.jspecify.annotations.NullMarked;
