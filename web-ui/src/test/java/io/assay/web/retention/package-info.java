@NullMarked
package io.assay.web.retention;

import org.jspecify.annotations.NullMarked;
