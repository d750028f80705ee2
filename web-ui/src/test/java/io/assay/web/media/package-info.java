@NullMarked
package io.assay.web.media;

import org.jspecify.annotations.NullMarked;
