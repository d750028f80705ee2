/** Imputers of streams: their versions, which is in force, and filling gaps on request. */
@NullMarked
package io.assay.web.imputation;

import org.jspecify.annotations.NullMarked;
