/** Events over HTTP: read, checked against the stream's declaration, acknowledged by the broker. */
@NullMarked
package io.assay.web.ingest;

import org.jspecify.annotations.NullMarked;
