@NullMarked
package io.assay.web.stability;

import org.jspecify.annotations.NullMarked;
