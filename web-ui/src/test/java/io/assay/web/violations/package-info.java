@NullMarked
package io.assay.web.violations;

import org.jspecify.annotations.NullMarked;
