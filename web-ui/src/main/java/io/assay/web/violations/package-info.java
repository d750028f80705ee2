/** What was violated: the list, one violation with its evidence, and both as JSON. */
@NullMarked
package io.assay.web.violations;

import org.jspecify.annotations.NullMarked;
