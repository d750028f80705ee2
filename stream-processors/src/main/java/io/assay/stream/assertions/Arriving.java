package io.assay.stream.assertions;

/** What reaches the judge: an event, that time has passed, or that there are other rules. */
sealed interface Arriving permits Incoming, TimePassed, RulesChanged {}
