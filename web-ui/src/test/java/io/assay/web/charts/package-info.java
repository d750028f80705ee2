@NullMarked
package io.assay.web.charts;

import org.jspecify.annotations.NullMarked;
