package io.assay.stability.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.ojalgo.matrix.store.R064Store;

/** What the library does to a process of its own: how it starts, computes and ends. */
class ProcessTest {
  @Test
  void aProcessEndsByItself() throws Exception {
    Process process = start(List.of(), "end");
    assertThat(said(process)).startsWith(ChosenAlgebra.choose("native").name() + " 1 of 300");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aProcessThatComputesEndsWhenTold() throws Exception {
    Process process = start(List.of(), "go-on");
    try {
      assertThat(process.getInputStream().read()).isPositive();
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void javaAloneCanBeAskedFor() throws Exception {
    assertThat(said(start(List.of("-Dassay.linalg=java"), "end"))).startsWith("Java (ojAlgo) ");
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Process start(List<String> options, String how) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), Child.class.getName(), how));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("OPENBLAS_NUM_THREADS");
    return builder.start();
  }

  /** Where this test's classes and libraries come from, whatever runs it. */
  private static String classPath() throws IOException {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type : List.of(Child.class, OpenBlas.class, Loader.class, R064Store.class)) {
      places.add(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
    for (String name : List.of("openblas/global", "openblas/%s", "javacpp/%s")) {
      String folder = "org/bytedeco/" + name.formatted(Loader.getPlatform()) + "/";
      for (URL url : Collections.list(Child.class.getClassLoader().getResources(folder))) {
        places.add(url.getPath().replaceFirst("^file:", "").replaceFirst("!.*", ""));
      }
    }
    return String.join(File.pathSeparator, places);
  }

  /** Prints what computes and the result. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      do {
        Matrix rows = Matrix.of(400, 300);
        for (int i = 0; i < 300; i++) {
          rows.set(i, i, 2);
        }
        Matrix sum = Matrix.of(300, 300);
        LinearAlgebra.get().addGram(rows, 1, sum);
        double largest = LinearAlgebra.get().eigen(sum).values()[0];
        System.out.println(
            LinearAlgebra.get().name() + " " + Math.round(largest / 4) + " of " + sum.rows());
        System.out.flush();
      } while (args[0].equals("go-on"));
    }
  }
}
