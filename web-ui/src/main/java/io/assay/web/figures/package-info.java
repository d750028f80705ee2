/** What windows came to: distributions against their baselines, and predictions against truth. */
@NullMarked
package io.assay.web.figures;

import org.jspecify.annotations.NullMarked;
