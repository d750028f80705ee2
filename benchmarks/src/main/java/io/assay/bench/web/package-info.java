/** How long pages take where millions of violations are stored. */
@NullMarked
package io.assay.bench.web;

import org.jspecify.annotations.NullMarked;
