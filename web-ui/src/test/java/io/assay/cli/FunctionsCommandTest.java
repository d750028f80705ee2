package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsCommandTest {
  private static final String SOURCE =
      """
      package com.example;
      import io.assay.assertion.function.AssayFunction;
      import io.assay.assertion.function.FunctionProvider;
      public class Halves implements FunctionProvider {
        @AssayFunction(meaning = "half of it", version = 1)
        public static double NAME(double of) { return of / 2; }
      }
      """;
  private static final String RULES =
      """
      stream s from topic "t" { key k string  time at timestamp(millis)  x double }
      assertion small on s { expect half_of(x) < 1.0 }
      test small "half of three is not" {
        given  s every 1s k "a" x 3
        expect violation at 0ms
      }
      """;

  @TempDir Path folder;

  @Test
  void aFunctionThatThereIsNotIsSaidWithTheNearest() {
    CommandLineRun run = CommandLineRun.of("functions", "lowwer");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("no function has 'lowwer' in its name or meaning; did you mean 'lower'?");
    assertThat(CommandLineRun.of("functions", "qqqqqqq").err()).doesNotContain("did you mean");
  }

  @Test
  void rulesCallWhatAJarBrings() throws IOException {
    Path rules = Files.writeString(folder.resolve("a.assay"), RULES);
    String jar = jar("half_of").toString();

    CommandLineRun without = CommandLineRun.of("check", rules.toString());
    assertThat(without.status()).isEqualTo(1);
    assertThat(without.out()).contains("unknown function 'half_of'");

    CommandLineRun checked = CommandLineRun.of("--functions", jar, "check", rules.toString());
    assertThat(checked.out()).endsWith("no errors\n");
    assertThat(checked.status()).isZero();

    CommandLineRun tested = CommandLineRun.of("test", rules.toString(), "--functions", jar);
    assertThat(tested.out()).contains("1 passed, 0 failed");
    assertThat(tested.status()).isZero();
  }

  @Test
  void aFolderOfJarsIsListedWithItsMeanings() throws IOException {
    jar("half_of");
    CommandLineRun run = CommandLineRun.of("functions", "HALF_", "--functions", folder.toString());
    assertThat(run.out()).isEqualTo("half_of(double) → double: half of it\n");
    assertThat(run.status()).isZero();
    assertThat(CommandLineRun.of("functions", "intersection").out())
        .startsWith("iou(rect, rect) → ratio: intersection over union");
  }

  @Test
  void aNameThatIsTakenStopsEveryRuleSet() throws IOException {
    Path rules = Files.writeString(folder.resolve("a.assay"), RULES.replace("half_of(x)", "x"));
    String jar = jar("abs").toString();
    CommandLineRun run = CommandLineRun.of("--functions", jar, "check", rules.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .startsWith(
            "<functions>:1:1: error[A0204]: an extension cannot add 'abs': the language has a"
                + " function of this name\n");
    assertThat(CommandLineRun.of("--functions", jar, "functions", "xyz").status()).isEqualTo(1);
  }

  @Test
  void aJarThatIsNotThereIsSaid() {
    CommandLineRun run =
        CommandLineRun.of("--functions", folder.resolve("no.jar").toString(), "functions");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("no such file, or it may not be read, for --functions: ");
    assertThat(CommandLineRun.of("functions", "--functions", folder.toString()).err())
        .contains("no .jar file in ");
  }

  /** A jar with one function, compiled as its author would. */
  private Path jar(String function) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    Path source = Files.writeString(work.resolve("Halves.java"), SOURCE.replace("NAME", function));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-d", work.toString(), "-cp", classPath()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
    Path jar = folder.resolve("halves.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      write(
          out,
          "com/example/Halves.class",
          Files.readAllBytes(work.resolve("com/example/Halves.class")));
      write(
          out,
          "META-INF/services/io.assay.assertion.function.FunctionProvider",
          "com.example.Halves\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static String classPath() {
    try {
      return Path.of(
              io.assay.assertion.function.AssayFunction.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(OutputStream out, String name, byte[] bytes) throws IOException {
    var jar = (JarOutputStream) out;
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }
}
