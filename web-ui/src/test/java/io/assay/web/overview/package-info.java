@NullMarked
package io.assay.web.overview;

import org.jspecify.annotations.NullMarked;
