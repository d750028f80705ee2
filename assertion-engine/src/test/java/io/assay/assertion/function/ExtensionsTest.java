package io.assay.assertion.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtensionsTest {
  /** Well written. */
  public static final class Good implements FunctionProvider {
    @AssayFunction(meaning = "half of it", version = 3)
    public static double half(double of) {
      return of / 2;
    }

    @AssayFunction(name = "words_of", meaning = "its words", version = 1)
    public static Optional<List<String>> words(String text, int most) {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(List.of(text.split(" ")).subList(0, most));
    }

    public static String notOffered() {
      return "";
    }
  }

  /** Each method has one fault. */
  public static final class Faulty implements FunctionProvider {
    @AssayFunction(meaning = "hidden", version = 1)
    static double hidden() {
      return 0;
    }

    @AssayFunction(meaning = "of an object", version = 1)
    public double ofObject() {
      return 0;
    }

    @AssayFunction(meaning = "a type that rules have not", version = 1)
    public static double ofLocale(Locale locale) {
      return locale.hashCode();
    }

    @AssayFunction(meaning = "a result that rules have not", version = 1)
    public static Optional<Locale> anyLocale() {
      return Optional.empty();
    }

    @AssayFunction(name = "Loud", meaning = "a name that calls are not made with", version = 1)
    public static double loud() {
      return 0;
    }

    @AssayFunction(meaning = " ", version = 1)
    public static double unsaid() {
      return 0;
    }

    @AssayFunction(meaning = "without a version", version = 0)
    public static double unversioned() {
      return 0;
    }

    @AssayFunction(name = "twice", meaning = "one", version = 1)
    public static double twice(double a) {
      return a;
    }

    @AssayFunction(name = "twice", meaning = "the other", version = 1)
    public static double twiceMore(double a) {
      return a;
    }
  }

  /** Without any. */
  public static final class Empty implements FunctionProvider {}

  @Test
  void aMethodsTypesAreTheFunctions() {
    Extensions found = Extensions.of(List.of(Good.class));
    assertThat(found.problems()).isEmpty();
    assertThat(found.functions())
        .extracting(ExtensionFunction::id)
        .containsExactlyInAnyOrder("half(double)@3", "words_of(string,int)@1");
    ExtensionFunction words = function(found, "words_of");
    assertThat(words.parameters()).containsExactly(Basic.STRING, Basic.INT);
    assertThat(words.result()).isEqualTo(new Type.ListOf(Basic.STRING));
    assertThat(words.meaning()).isEqualTo("its words");
  }

  @Test
  void everyFaultIsToldAndTheRestIsTaken() {
    Extensions found = Extensions.of(List.of(Faulty.class, Empty.class));
    String place = Faulty.class.getName();
    assertThat(found.functions()).extracting(ExtensionFunction::name).containsExactly("twice");
    assertThat(found.problems())
        .containsExactlyInAnyOrder(
            place + ".hidden needs to be a public static method of a public class",
            place + ".ofObject needs to be a public static method of a public class",
            place
                + ".ofLocale takes java.util.Locale, which rules do not know; they know "
                + JavaTypes.KNOWN,
            place
                + ".anyLocale gives java.util.Optional<java.util.Locale>, which rules do not know;"
                + " they know "
                + JavaTypes.KNOWN,
            place
                + ".loud: 'Loud' is no name of a function; it needs a small letter, then letters,"
                + " digits and '_'",
            place + ".unsaid needs a meaning, and a version of 1 or more",
            place + ".unversioned needs a meaning, and a version of 1 or more",
            place + ".twiceMore: another function 'twice' takes the same",
            Empty.class.getName() + " has no function: none of its methods carries @AssayFunction");
  }

  @Test
  void doublesAreCalledWithoutBoxes() throws Throwable {
    ExtensionFunction half = function(Extensions.of(List.of(Good.class)), "half");
    assertThat(half.unary()).hasValueSatisfying(f -> assertThat(f.applyAsDouble(3)).isEqualTo(1.5));
    assertThat(half.binary()).isEmpty();
    assertThat(half.call(new Object[] {3.0})).isEqualTo(1.5);
  }

  @Test
  void durationsAndTimesAreJavas() {
    assertThat(JavaTypes.of(Duration.class)).contains(Basic.DURATION);
    assertThat(JavaTypes.of(Object.class)).isEmpty();
  }

  private static ExtensionFunction function(Extensions from, String name) {
    return from.functions().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }
}
