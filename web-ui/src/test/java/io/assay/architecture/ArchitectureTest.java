package io.assay.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Arrows are tests, not hopes. Plain test methods: a runner that skips them would show it. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.assay");

  private static final String[] CORES = {
    "io.assay.assertion..", "io.assay.stability..", "io.assay.imputation.."
  };

  @Test
  void everyModuleIsSeen() {
    Set<String> areas =
        CLASSES.stream()
            .map(type -> type.getPackageName().split("\\.")[2])
            .collect(Collectors.toSet());
    assertThat(areas).contains("assertion", "stability", "imputation", "stream", "web", "cli");
  }

  @Test
  void coresKnowNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(CORES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "org.apache.kafka..",
            "jakarta..",
            "javax.sql..",
            "java.sql..",
            "org.slf4j..",
            "tools.jackson.databind..")
        .because("a rule must be testable and replayable without a broker or a container")
        .check(CLASSES);
  }

  @Test
  void coresReadNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(CORES)
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .because("time is data: an event carries its instant")
        .check(CLASSES);
  }

  @Test
  void coresDoNotSeeEachOther() {
    for (String core : CORES) {
      String[] others =
          List.of(CORES).stream().filter(other -> !other.equals(core)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(core)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(CLASSES);
    }
  }

  @Test
  void nothingPointsAtTheWeb() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.assay.assertion..",
            "io.assay.stability..",
            "io.assay.imputation..",
            "io.assay.stream..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.assay.web..", "io.assay.cli..", "io.assay.embedded..", "io.assay.simulate..")
        .check(CLASSES);
  }

  @Test
  void languageFrontEndDoesNotKnowItsEvaluator() {
    noClasses()
        .that()
        .resideInAPackage("io.assay.assertion.rule..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.assay.assertion.eval..", "io.assay.assertion.scenario..")
        .check(CLASSES);
  }

  @Test
  void packagesAreFeatures() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..common..",
            "..dto..",
            "..service..",
            "..controller..",
            "..impl..")
        .check(CLASSES);
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      boolean generated = type.getPackageName().endsWith(".grammar");
      if (!generated
          && !type.getSimpleName().equals("package-info")
          && type.getPackage()
              .tryGetAnnotationOfType(org.jspecify.annotations.NullMarked.class)
              .isEmpty()) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @Test
  void entitiesStayAtHome() {
    classes()
        .that()
        .areAnnotatedWith("jakarta.persistence.Entity")
        .should()
        .bePackagePrivate()
        .allowEmptyShould(true)
        .because("pages get row records")
        .check(CLASSES);
  }
}
