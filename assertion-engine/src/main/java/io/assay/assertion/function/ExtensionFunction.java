package io.assay.assertion.function;

import io.assay.assertion.event.Type;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A function of an extension, ready to be called. */
public final class ExtensionFunction {
  private final String name;
  private final String meaning;
  private final int version;
  private final List<Type> parameters;
  private final Type result;
  private final Method method;
  private final MethodHandle spread;

  ExtensionFunction(
      String name, AssayFunction declared, List<Type> parameters, Type result, Method method)
      throws IllegalAccessException {
    this.name = name;
    this.meaning = declared.meaning().strip();
    this.version = declared.version();
    this.parameters = List.copyOf(parameters);
    this.result = result;
    this.method = method;
    this.spread = spread(method);
  }

  private static MethodHandle spread(Method method) throws IllegalAccessException {
    MethodHandle handle = MethodHandles.publicLookup().unreflect(method).asFixedArity();
    MethodHandle toInt;
    try {
      toInt =
          MethodHandles.publicLookup()
              .findStatic(Math.class, "toIntExact", MethodType.methodType(int.class, long.class));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      // Rules have whole numbers of 64 bits; what does not fit must not be cut.
      if (types[i] == int.class) {
        handle = MethodHandles.filterArguments(handle, i, toInt);
      }
    }
    return handle
        .asType(MethodType.genericMethodType(types.length))
        .asSpreader(Object[].class, types.length);
  }

  public String name() {
    return name;
  }

  public String meaning() {
    return meaning;
  }

  public List<Type> parameters() {
    return parameters;
  }

  public Type result() {
    return result;
  }

  /** What checked rules call it by: another version is another function. */
  public String id() {
    return "%s(%s)@%d"
        .formatted(
            name,
            parameters.stream().map(JavaTypes::text).collect(Collectors.joining(",")),
            version);
  }

  /** Where it is written, for messages. */
  String place() {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }

  /**
   * @return as the method gives it; null where that gives null
   */
  public @Nullable Object call(Object[] arguments) throws Throwable {
    return spread.invokeExact(arguments);
  }

  /** The method itself, without boxing, where it is one from a double to a double. */
  public Optional<DoubleUnaryOperator> unary() {
    return direct(DoubleUnaryOperator.class, "applyAsDouble", 1)
        .map(DoubleUnaryOperator.class::cast);
  }

  /** The method itself, without boxing, where it is one from two doubles to a double. */
  public Optional<DoubleBinaryOperator> binary() {
    return direct(DoubleBinaryOperator.class, "applyAsDouble", 2)
        .map(DoubleBinaryOperator.class::cast);
  }

  private Optional<Object> direct(Class<?> shape, String calls, int parameters) {
    Class<?>[] doubles = new Class<?>[parameters];
    Arrays.fill(doubles, double.class);
    if (method.getReturnType() != double.class
        || !Arrays.equals(method.getParameterTypes(), doubles)) {
      return Optional.empty();
    }
    MethodType signature = MethodType.methodType(double.class, doubles);
    try {
      MethodHandles.Lookup within =
          MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup());
      return Optional.of(
          LambdaMetafactory.metafactory(
                  within,
                  calls,
                  MethodType.methodType(shape),
                  signature,
                  within.unreflect(method),
                  signature)
              .getTarget()
              .invoke());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      // A module that does not open itself: called the slower way.
      return Optional.empty();
    }
  }
}
