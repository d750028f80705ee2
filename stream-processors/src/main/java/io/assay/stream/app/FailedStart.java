package io.assay.stream.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.util.unit.DataSize;

/** Why a service did not start, in a sentence; Spring tells it in many layers. */
public final class FailedStart {
  private FailedStart() {}

  /**
   * Of a setting that cannot be read its name, what it needs and what came; of a port that is taken
   * its number; of anything else what our own code or a library says of it.
   *
   * @param portSetting the setting that says where the service listens, as {@code server.port}
   */
  public static String text(Throwable failure, String portSetting) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException taken) {
        return "port %d is taken by another program; --%s=PORT takes another, 0 any free one"
            .formatted(taken.getPort(), portSetting);
      }
      if (cause instanceof BindException unread) {
        return ofSetting(unread);
      }
    }
    return said(failure);
  }

  /**
   * Reads the ports before Spring does, which does not say whose value it cannot read: its
   * conditions look at them.
   *
   * @throws BindException that {@link #text} makes a sentence of
   */
  public static void readPorts(ConfigurableApplicationContext starting) {
    Binder settings = Binder.get(starting.getEnvironment());
    for (String port : List.of("server.port", "management.server.port")) {
      settings.bind(port, Integer.class);
    }
  }

  private static String ofSetting(BindException unread) {
    ConfigurationProperty given = unread.getProperty();
    // Where a group of settings is refused, this is one of them, and not always the one.
    if (given != null && given.getName().equals(unread.getName())) {
      Optional<String> wanted = wanted(unread.getTarget().getBoxedType().resolve(Object.class));
      if (wanted.isPresent()) {
        return "%s needs %s, got '%s'%s"
            .formatted(unread.getName(), wanted.get(), given.getValue(), whence(given.getOrigin()));
      }
    }
    String name = unread.getName().toString();
    String said = said(unread);
    return said.contains(name) ? said : name + ": " + said;
  }

  /**
   * What a setting of a type needs. Nothing of a text or what is made of one: there it says more
   * what the text was refused for, and the text may be secret.
   */
  private static Optional<String> wanted(Class<?> type) {
    if (type == Integer.class) {
      return Optional.of("a whole number of at most " + Integer.MAX_VALUE);
    }
    if (type == Long.class) {
      return Optional.of("a whole number");
    }
    if (type == Double.class) {
      return Optional.of("a number");
    }
    if (type == Boolean.class) {
      return Optional.of("true or false");
    }
    if (type == Duration.class) {
      return Optional.of("a duration, as 500ms, 30s or 7d");
    }
    if (type == DataSize.class) {
      return Optional.of("a size, as 64KB or 16MB");
    }
    return type.isEnum()
        ? Optional.of(
            Arrays.stream(type.getEnumConstants())
                .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "one of ", "")))
        : Optional.empty();
  }

  /** Where a value was set, in brackets. */
  private static String whence(@Nullable Origin origin) {
    if (origin == null) {
      return "";
    }
    boolean argument =
        origin instanceof PropertySourceOrigin source
            && source
                .getPropertySource()
                .getName()
                .equals(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
    return argument
        ? " (--%s)".formatted(((PropertySourceOrigin) origin).getPropertyName())
        : " (%s)".formatted(origin);
  }

  /** The first that is not Spring's tells what was done, the deepest why it did not work. */
  private static String said(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null
        && (first.getMessage() == null
            || first.getClass().getName().startsWith("org.springframework."))) {
      first = first.getCause();
    }
    String done = sentence(first);
    String why = sentence(NestedExceptionUtils.getMostSpecificCause(first));
    return done.contains(why) ? done : done + ": " + why;
  }

  /** With its class where that says more: many I/O exceptions have but a path or a host. */
  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() || failure instanceof IOException
        ? failure.toString()
        : message;
  }
}
