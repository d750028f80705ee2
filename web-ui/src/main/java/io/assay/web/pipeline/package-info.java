/** How events flow: who reads what, how far they are, what it takes, and where it piles up. */
@NullMarked
package io.assay.web.pipeline;

import org.jspecify.annotations.NullMarked;
