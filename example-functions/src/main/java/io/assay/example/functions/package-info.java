/** An example of functions for rules. */
@NullMarked
package io.assay.example.functions;

import org.jspecify.annotations.NullMarked;
