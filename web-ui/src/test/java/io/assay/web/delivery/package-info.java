@NullMarked
package io.assay.web.delivery;

import org.jspecify.annotations.NullMarked;
