/** Tells whoever trains that there is something to train on: signed, tried again, never lost. */
@NullMarked
package io.assay.web.labels.webhook;

import org.jspecify.annotations.NullMarked;
