package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

class FailedStartTest {
  record Limits(int least, int most) {
    Limits {
      if (least > most) {
        throw new IllegalArgumentException("least is above most: %d, %d".formatted(least, most));
      }
    }
  }

  @Test
  void ofASettingItSaysWhatItNeedsAndWhatCame() {
    assertThat(refused("soon", Duration.class)).contains("a duration", "'soon'");
    assertThat(refused("big", DataSize.class)).contains("a size", "'big'");
    assertThat(refused("perhaps", Boolean.class)).contains("true or false, got 'perhaps'");
    assertThat(refused("much", double.class)).contains("needs a number, got 'much'");
    assertThat(refused("3000000000", int.class)).contains("at most 2147483647, got '3000000000'");
    assertThat(refused("desktop", WebApplicationType.class))
        .contains("one of none, servlet, reactive, got 'desktop'");
  }

  /** What is made of a text may be secret; why it was refused is the converter's to say. */
  @Test
  void ofATextItSaysWhyItWasRefused() {
    assertThat(refused("1,x", Bindable.listOf(Integer.class)))
        .startsWith("assay.one")
        .contains("For input string: \"x\"");
  }

  @Test
  void ofSettingsThatDoNotFitItSaysWhichGroup() {
    var settings = new MapPropertySource("file", Map.of("assay.one.least", 2, "assay.one.most", 1));
    assertThat(refused(settings, Bindable.of(Limits.class)))
        .isEqualTo("assay.one: least is above most: 2, 1");
  }

  @Test
  void ofTheEnvironmentItSaysTheVariable() {
    var environment =
        new SystemEnvironmentPropertySource("systemEnvironment", Map.of("ASSAY_ONE", "abc"));
    assertThat(refused(environment, Bindable.of(int.class)))
        .startsWith("assay.one needs a whole number")
        .contains("got 'abc'", "ASSAY_ONE");
  }

  @Test
  void ofAnythingElseItSaysWhatWasDoneAndWhyItFailed() {
    var why = new IllegalArgumentException("no port in 'a'");
    assertThat(text(why)).isEqualTo("no port in 'a'");
    assertThat(text(new IllegalStateException("no consumer", why)))
        .isEqualTo("no consumer: no port in 'a'");
    assertThat(text(new IllegalStateException("no consumer (no port in 'a')", why)))
        .isEqualTo("no consumer (no port in 'a')");
    assertThat(text(new IllegalStateException(null, why))).isEqualTo("no port in 'a'");
  }

  @Test
  void whatHasNoMessageIsNamed() {
    assertThat(text(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    assertThat(text(new UncheckedIOException(new NoSuchFileException("/data"))))
        .isEqualTo("java.nio.file.NoSuchFileException: /data");
  }

  private static String text(Exception failure) {
    return FailedStart.text(new BeanCreationException("processors", "in a layer", failure), "port");
  }

  private static String refused(String value, Class<?> type) {
    return refused(value, Bindable.of(type));
  }

  private static String refused(String value, Bindable<?> type) {
    return refused(new MapPropertySource("file", Map.of("assay.one", value)), type);
  }

  private static String refused(MapPropertySource settings, Bindable<?> type) {
    var environment = new StandardEnvironment();
    List.of("systemEnvironment", "systemProperties")
        .forEach(environment.getPropertySources()::remove);
    environment.getPropertySources().addFirst(settings);
    Throwable failure = catchThrowable(() -> Binder.get(environment).bind("assay.one", type));
    return FailedStart.text(new IllegalStateException("in a layer", failure), "port");
  }
}
