/** From an empty installation to a first violation: a topic, its stream, a rule, the past. */
@NullMarked
package io.assay.web.firstrun;

import org.jspecify.annotations.NullMarked;
