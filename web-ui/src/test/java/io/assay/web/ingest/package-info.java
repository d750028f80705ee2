@NullMarked
package io.assay.web.ingest;

import org.jspecify.annotations.NullMarked;
