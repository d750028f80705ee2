package io.assay.assertion.eval.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.FunctionCatalogue;
import io.assay.assertion.rule.Overload;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  @Test
  void everyOverloadThatTheCheckerMayChooseIsEvaluated() {
    Set<String> missing = new TreeSet<>();
    FunctionCatalogue.builtIn().all().stream().map(Overload::id).forEach(missing::add);
    missing.removeAll(Functions.known());
    assertThat(missing).isEmpty();
  }

  @Test
  void nothingIsEvaluatedThatTheCheckerCannotChoose() {
    Set<String> unknown = new TreeSet<>(Functions.known());
    FunctionCatalogue.builtIn().all().stream().map(Overload::id).forEach(unknown::remove);
    assertThat(unknown).isEmpty();
  }
}
