/** Serves the images that events refer to, and nothing else. */
@NullMarked
package io.assay.web.media;

import org.jspecify.annotations.NullMarked;
