package io.assay.assertion.function;

/**
 * A public class with functions for rules: its public static methods that carry {@link
 * AssayFunction}. Found by {@link java.util.ServiceLoader}, so its name stands in {@code
 * META-INF/services/io.assay.assertion.function.FunctionProvider}, and it needs a public
 * constructor without parameters, as a class without any constructor has it; no object is made.
 */
public interface FunctionProvider {}
