@NullMarked
package io.assay.web.alerts.channels;

import org.jspecify.annotations.NullMarked;
