/**
 * Votes on events drawn at random: what assertions, the model and people say of the same events,
 * and how often assertions are right by that.
 */
@NullMarked
package io.assay.web.votes;

import org.jspecify.annotations.NullMarked;
