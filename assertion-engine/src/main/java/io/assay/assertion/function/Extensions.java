package io.assay.assertion.function;

import io.assay.assertion.event.Type;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The functions that extensions add, and what is wrong with those that cannot be taken: they are
 * told with the rules, for rules that need them would only seem to be wrong.
 */
public final class Extensions {
  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9_]*");
  private static final Set<String> LITERALS = Set.of("true", "false", "null", "in");
  private static final Map<ClassLoader, Extensions> BY_LOADER =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Whatever was ever found, by id: a plan may be made on a thread that knows nothing of the class
   * loader its rules were checked with.
   */
  private static final Map<String, ExtensionFunction> BY_ID = new ConcurrentHashMap<>();

  private final List<ExtensionFunction> functions = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Extensions() {}

  /** Of the thread's class loader, else of the engine's own. */
  public static Extensions installed() {
    @Nullable ClassLoader of = Thread.currentThread().getContextClassLoader();
    ClassLoader loader =
        of == null ? Objects.requireNonNull(Extensions.class.getClassLoader()) : of;
    return BY_LOADER.computeIfAbsent(loader, Extensions::found);
  }

  /** A function that was found, by the id that checked rules have of it. */
  public static Optional<ExtensionFunction> function(String id) {
    @Nullable ExtensionFunction known = BY_ID.get(id);
    return known != null
        ? Optional.of(known)
        : installed().functions().stream().filter(f -> f.id().equals(id)).findFirst();
  }

  private static Extensions found(ClassLoader loader) {
    var extensions = new Extensions();
    Iterator<ServiceLoader.Provider<FunctionProvider>> providers =
        ServiceLoader.load(FunctionProvider.class, loader).stream().iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        extensions.read(providers.next().type());
      } catch (ServiceConfigurationError | LinkageError e) {
        extensions.problems.add("functions cannot be loaded: " + e.getMessage());
      }
    }
    extensions.functions.forEach(function -> BY_ID.put(function.id(), function));
    return extensions;
  }

  /** Of providers at hand. */
  static Extensions of(List<Class<? extends FunctionProvider>> providers) {
    var extensions = new Extensions();
    providers.forEach(extensions::read);
    return extensions;
  }

  public List<ExtensionFunction> functions() {
    return List.copyOf(functions);
  }

  /** One sentence each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private void read(Class<?> provider) {
    Method[] methods = provider.getDeclaredMethods();
    // The order of a class file's methods is not promised.
    Arrays.sort(methods, Comparator.comparing(Method::toString));
    Set<String> signatures = new HashSet<>();
    functions.forEach(f -> signatures.add(f.name() + f.parameters()));
    int before = functions.size() + problems.size();
    for (Method method : methods) {
      @Nullable AssayFunction declared = method.getAnnotation(AssayFunction.class);
      if (declared != null) {
        read(method, declared, signatures);
      }
    }
    if (functions.size() + problems.size() == before) {
      problems.add(
          provider.getName() + " has no function: none of its methods carries @AssayFunction");
    }
  }

  private void read(Method method, AssayFunction declared, Set<String> signatures) {
    String name = declared.name().isEmpty() ? method.getName() : declared.name();
    String place = method.getDeclaringClass().getName() + "." + method.getName();
    Optional<String> fault = fault(method, declared, name);
    if (fault.isPresent()) {
      problems.add(place + fault.get());
      return;
    }
    List<Type> parameters = new ArrayList<>();
    for (java.lang.reflect.Type java : method.getGenericParameterTypes()) {
      Optional<Type> type = JavaTypes.of(java);
      if (type.isEmpty()) {
        unknown(place, "takes", java);
        return;
      }
      parameters.add(type.get());
    }
    Optional<Type> result = JavaTypes.ofResult(method.getGenericReturnType());
    if (result.isEmpty()) {
      unknown(place, "gives", method.getGenericReturnType());
    } else if (!signatures.add(name + parameters)) {
      problems.add("%s: another function '%s' takes the same".formatted(place, name));
    } else {
      add(name, declared, parameters, result.get(), method);
    }
  }

  private static Optional<String> fault(Method method, AssayFunction declared, String name) {
    boolean open =
        Modifier.isPublic(method.getModifiers())
            && Modifier.isStatic(method.getModifiers())
            && Modifier.isPublic(method.getDeclaringClass().getModifiers());
    if (!open) {
      return Optional.of(" needs to be a public static method of a public class");
    }
    if (!NAME.matcher(name).matches() || LITERALS.contains(name)) {
      return Optional.of(
          ": '%s' is no name of a function; it needs a small letter, then letters, digits and '_'"
              .formatted(name));
    }
    return declared.meaning().isBlank() || declared.version() < 1
        ? Optional.of(" needs a meaning, and a version of 1 or more")
        : Optional.empty();
  }

  private void add(
      String name, AssayFunction declared, List<Type> parameters, Type result, Method method) {
    try {
      functions.add(new ExtensionFunction(name, declared, parameters, result, method));
    } catch (IllegalAccessException e) {
      problems.add("%s cannot be called: %s".formatted(name, e.getMessage()));
    }
  }

  private void unknown(String place, String direction, java.lang.reflect.Type java) {
    problems.add(
        "%s %s %s, which rules do not know; they know %s"
            .formatted(place, direction, java.getTypeName(), JavaTypes.KNOWN));
  }
}
