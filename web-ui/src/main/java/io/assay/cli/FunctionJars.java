package io.assay.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jars with functions that rules may call, beside the class path of the command itself. */
final class FunctionJars {
  private FunctionJars() {}

  /** As a class path has them: a path behind the other. */
  static List<Path> named(@Nullable String paths) {
    return paths == null || paths.isBlank()
        ? List.of()
        : Arrays.stream(paths.split(File.pathSeparator)).map(Path::of).toList();
  }

  /** Never closed: what a command leaves running may still load classes. */
  @SuppressWarnings("resource")
  static ClassLoader loader(List<Path> paths) {
    ClassLoader own = FunctionJars.class.getClassLoader();
    return paths.isEmpty() ? own : new URLClassLoader(urls(paths), own);
  }

  private static URL[] urls(List<Path> paths) {
    List<URL> urls = new ArrayList<>();
    for (Path path : paths) {
      List<Path> jars = Files.isDirectory(path) ? jars(path) : List.of(path);
      for (Path jar : jars) {
        if (!Files.isReadable(jar)) {
          throw CommandFailure.couldNotRun(
              "no such file, or it may not be read, for --functions: " + jar);
        }
        urls.add(url(jar));
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> jars = found.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw CommandFailure.couldNotRun("no .jar file in " + folder);
      }
      return jars;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
