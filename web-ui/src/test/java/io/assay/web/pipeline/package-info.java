@NullMarked
package io.assay.web.pipeline;

import org.jspecify.annotations.NullMarked;
