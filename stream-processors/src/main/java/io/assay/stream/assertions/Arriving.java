package io.assay.stream.assertions;

/** What reaches the judge: an event, or that time has passed. */
sealed interface Arriving permits Incoming, TimePassed {}
