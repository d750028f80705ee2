package io.assay.assertion.event;

/** The null of values whose type is known at run time only: an element of a list, a map's value. */
public enum None {
  NULL
}
