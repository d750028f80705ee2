package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void aDatabaseOfAnotherVersionIsNoInternalError() {
    var cause =
        new FlywayValidateException(
            new ErrorDetails(CoreErrorCode.VALIDATE_ERROR, "Migrations have failed validation"),
            """

            Detected applied migration not resolved locally: 15.
            If you removed this migration\
            """);
    assertThat(FailureText.of(new IllegalStateException("bean", new RuntimeException(cause))))
        .isEqualTo(
            "the database was made by another version of Assay; run that one, or take another"
                + " database or --data FOLDER (Detected applied migration not resolved locally:"
                + " 15.)");
  }

  @Test
  void whatNobodyForesawIsToBeReported() {
    assertThat(FailureText.of(new IllegalStateException("odd")))
        .startsWith("internal error, please report it")
        .endsWith("IllegalStateException: odd");
  }
}
