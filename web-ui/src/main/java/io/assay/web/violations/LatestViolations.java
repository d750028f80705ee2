package io.assay.web.violations;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Moment;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The newest violations of a project, as far as someone may see them. */
@Component
public class LatestViolations {
  private final ViolationSearch violations;
  private final Access access;

  LatestViolations(ViolationSearch violations, Access access) {
    this.violations = violations;
    this.access = access;
  }

  public List<Latest> of(String project, SignedIn person, int most) {
    return of(project, Map.of(), person, most);
  }

  /** Of one assertion. */
  public List<Latest> of(String project, String assertion, SignedIn person, int most) {
    return of(project, Map.of("assertion", assertion), person, most);
  }

  private List<Latest> of(String project, Map<String, String> filter, SignedIn person, int most) {
    boolean clear = PrivateRight.of(access, person, project);
    return violations
        .older(project, ViolationFilter.of(filter), Optional.empty(), most, clear)
        .rows()
        .stream()
        .map(
            row ->
                new Latest(
                    row.day(),
                    row.id(),
                    row.assertion(),
                    row.level().name(),
                    row.sentence(),
                    row.whose(),
                    row.at()))
        .toList();
  }

  /**
   * A violation in one line.
   *
   * @param key or the segment of what is judged over all keys; empty of neither
   */
  public record Latest(
      LocalDate day,
      String id,
      String assertion,
      String level,
      String sentence,
      String key,
      Moment at) {}
}
