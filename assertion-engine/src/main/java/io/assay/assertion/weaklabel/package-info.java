/**
 * What noisy voters are worth: assertions, models and people say something of items, none of them
 * always rightly. How often each is right is estimated without truth from where they agree (the
 * label model), and from reviews as soon as there are any; a correction counts as a label by as
 * much as it is likely to be right.
 */
@NullMarked
package io.assay.assertion.weaklabel;

import org.jspecify.annotations.NullMarked;
