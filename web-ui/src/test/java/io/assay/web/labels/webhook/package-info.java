@NullMarked
package io.assay.web.labels.webhook;

import org.jspecify.annotations.NullMarked;
