package io.assay.web.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of an endpoint that reads its body by {@link JsonBody} what the body is, for OpenAPI. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TakesJson {
  /** The record that the body is read as. */
  Class<? extends Record> value();
}
