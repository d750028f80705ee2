@NullMarked
package io.assay.web.backtests;

import org.jspecify.annotations.NullMarked;
