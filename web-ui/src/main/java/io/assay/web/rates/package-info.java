/** How often what was violated, over stretches of event time: from roll-ups alone. */
@NullMarked
package io.assay.web.rates;

import org.jspecify.annotations.NullMarked;
