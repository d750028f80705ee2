package io.assay.assertion.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A function that rules may call. It is a public static method and pure: equal arguments give an
 * equal result, whenever and wherever it is called, or replays and backtests would not agree with
 * what was judged live.
 *
 * <p>Its types are those of the method: {@code long} and {@code int} are {@code int}, {@code
 * double}, {@code boolean}, {@code String}, {@code Duration}, {@code Instant}, {@code Rect}, {@code
 * Cuboid}, and {@code List} of these or {@code Map} from {@code String} to these. A result may be
 * {@code Optional} of these; an empty one, null, and an exception leave the verdict undecided.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AssayFunction {
  /** What it gives, in a few words: the reference shows them. */
  String meaning();

  /**
   * Counted up whenever it may give another result for the same arguments: it is part of what was
   * judged, so state and violation ids of the rules that call it begin anew.
   */
  int version();

  /** As rules call it; the method's name unless given. */
  String name() default "";
}
