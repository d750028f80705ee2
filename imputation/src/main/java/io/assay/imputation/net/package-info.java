/** The attention network and its gradients, over numbers alone. */
@NullMarked
package io.assay.imputation.net;

import org.jspecify.annotations.NullMarked;
