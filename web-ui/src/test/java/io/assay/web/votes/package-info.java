@NullMarked
package io.assay.web.votes;

import org.jspecify.annotations.NullMarked;
