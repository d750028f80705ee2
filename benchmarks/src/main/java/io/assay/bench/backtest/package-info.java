/** How much of the past can be judged again, and what it takes. */
@NullMarked
package io.assay.bench.backtest;

import org.jspecify.annotations.NullMarked;
