@NullMarked
package io.assay.web.labels.studio;

import org.jspecify.annotations.NullMarked;
