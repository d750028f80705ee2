@NullMarked
package io.assay.web.firstrun;

import org.jspecify.annotations.NullMarked;
