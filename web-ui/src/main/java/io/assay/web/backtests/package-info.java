/** What rules would have said: drafts judged over past events, beside those in force. */
@NullMarked
package io.assay.web.backtests;

import org.jspecify.annotations.NullMarked;
