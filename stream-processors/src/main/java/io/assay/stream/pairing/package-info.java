/** Requests and responses of serving stacks, paired into the events of a stream. */
@NullMarked
package io.assay.stream.pairing;

import org.jspecify.annotations.NullMarked;
