/** What other tools send, read as they send it; pure, without a broker or a server. */
@NullMarked
package io.assay.stream.ingest;

import org.jspecify.annotations.NullMarked;
