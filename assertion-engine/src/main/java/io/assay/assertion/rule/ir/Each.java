package io.assay.assertion.rule.ir;

import java.util.Optional;

/**
 * {@code each b in boxes where …}: the elements that are judged.
 *
 * @param where a BOOL over the element; an element that does not pass counts as not seen
 */
public record Each(Local element, Term list, Optional<Term> where) {}
