/** How long what is kept, and what goes when it is over. */
@NullMarked
package io.assay.web.retention;

import org.jspecify.annotations.NullMarked;
