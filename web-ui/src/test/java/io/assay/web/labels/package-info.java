@NullMarked
package io.assay.web.labels;

import org.jspecify.annotations.NullMarked;
