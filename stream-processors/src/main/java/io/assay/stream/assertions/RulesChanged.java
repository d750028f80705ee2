package io.assay.stream.assertions;

/** What comes from here on is judged by the rules that the task goes by now. */
record RulesChanged() implements Arriving {}
