/** What goes in: stream types, values, events. */
@NullMarked
package io.assay.assertion.event;

import org.jspecify.annotations.NullMarked;
