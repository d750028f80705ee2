/** Label Studio: samples to it as tasks, and what people say there back as labels. */
@NullMarked
package io.assay.web.labels.studio;

import org.jspecify.annotations.NullMarked;
