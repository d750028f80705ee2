@NullMarked
package io.assay.web.rounds;

import org.jspecify.annotations.NullMarked;
