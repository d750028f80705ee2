package io.assay.stability.linalg;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The environment as native code of this process sees it; Java's own is a copy that cannot be
 * changed.
 *
 * <p>Calls {@code setenv} by the foreign function interface, reflectively, since it is newer than
 * the version that the sources are for.
 */
final class NativeEnvironment {
  private NativeEnvironment() {}

  /** Whether native code now sees the value. */
  static boolean set(String name, String value) {
    if (value.equals(System.getenv(name))) {
      return true;
    }
    try {
      return (int) setenv().invokeWithArguments(text(name), text(value), 1) == 0;
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError broken) {
        throw broken;
      }
      return false;
    }
  }

  private static MethodHandle setenv() throws ReflectiveOperationException {
    Class<?> linkerType = foreign("Linker");
    Object linker = linkerType.getMethod("nativeLinker").invoke(null);
    Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
    Optional<?> address =
        (Optional<?>)
            foreign("SymbolLookup").getMethod("find", String.class).invoke(lookup, "setenv");
    Class<?> layout = foreign("MemoryLayout");
    Object pointer = foreign("ValueLayout").getField("ADDRESS").get(null);
    Object number = foreign("ValueLayout").getField("JAVA_INT").get(null);
    Object arguments = Array.newInstance(layout, 3);
    Array.set(arguments, 0, pointer);
    Array.set(arguments, 1, pointer);
    Array.set(arguments, 2, number);
    Class<?> descriptor = foreign("FunctionDescriptor");
    Object shape =
        descriptor.getMethod("of", layout, arguments.getClass()).invoke(null, number, arguments);
    Object options = Array.newInstance(foreign("Linker$Option"), 0);
    return (MethodHandle)
        linkerType
            .getMethod("downcallHandle", foreign("MemorySegment"), descriptor, options.getClass())
            .invoke(linker, address.orElseThrow(), shape, options);
  }

  /** A C string that is never freed: the environment keeps it. */
  private static Object text(String text) throws ReflectiveOperationException {
    Object arena = foreign("Arena").getMethod("global").invoke(null);
    Class<?> allocator = foreign("SegmentAllocator");
    Method allocate;
    try {
      allocate = allocator.getMethod("allocateFrom", String.class);
    } catch (NoSuchMethodException java21) {
      allocate = allocator.getMethod("allocateUtf8String", String.class);
    }
    return allocate.invoke(arena, text);
  }

  private static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}
