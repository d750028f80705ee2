/** Charts that the server draws: readable without any script. */
@NullMarked
package io.assay.web.charts;

import org.jspecify.annotations.NullMarked;
