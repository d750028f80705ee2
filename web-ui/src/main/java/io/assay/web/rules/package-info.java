/** Rules: which are active, who published them, and how they are published. */
@NullMarked
package io.assay.web.rules;

import org.jspecify.annotations.NullMarked;
