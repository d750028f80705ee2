package io.assay.assertion.rule.ir;

import io.assay.assertion.event.Type;

/**
 * A variable of an assertion: the event, the element under {@code each}, a {@code let}, a macro's
 * variable, or a name that the kind gives ({@code gap}, {@code before}, …).
 *
 * @param index its place in the assertion's frame; unique within the assertion
 */
public record Local(String name, Type type, int index) {}
