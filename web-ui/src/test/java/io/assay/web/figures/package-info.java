/** Pages of windows, with windows that are made for them. */
@NullMarked
package io.assay.web.figures;

import org.jspecify.annotations.NullMarked;
