@NullMarked
package io.assay.web.rates;

import org.jspecify.annotations.NullMarked;
