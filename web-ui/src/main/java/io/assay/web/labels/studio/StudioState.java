package io.assay.web.labels.studio;

import io.assay.web.labels.studio.StudioClient.StudioRefused;
import io.assay.web.system.Moment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How it stands with Label Studio, for pages. */
@Component
public class StudioState {
  private final StudioSettings settings;
  private final StudioProjects projects;

  StudioState(StudioSettings settings, StudioProjects projects) {
    this.settings = settings;
    this.projects = projects;
  }

  /**
   * As it stands.
   *
   * @param host where it is; empty: none is set
   * @param poll how often it is asked; zero: never
   * @param isChecked whether it was asked just now, and {@code trouble} what was wrong, or nothing
   * @param linked projects there that were made from here
   */
  public record Now(
      String host, Duration poll, boolean isChecked, String trouble, List<Project> linked) {}

  /** A project there; {@code asked}: when what was said there was last taken. */
  public record Project(long number, String title, Optional<Moment> asked, String address) {}

  /** {@code check}: whether it is asked whether it is there. */
  public Now of(String project, boolean check) {
    String base = settings.address().map(URI::toString).orElse("");
    List<Project> linked =
        projects.of(project).stream()
            .map(
                one ->
                    new Project(
                        one.number(),
                        one.title(),
                        one.asked().map(Moment::new),
                        base.isEmpty() ? "" : base + "/projects/" + one.number()))
            .toList();
    boolean isChecked = check && !base.isEmpty();
    return new Now(
        settings.address().map(URI::getHost).orElse(""),
        settings.poll(),
        isChecked,
        isChecked ? settings.address().map(this::trouble).orElse("") : "",
        linked);
  }

  private String trouble(URI address) {
    try (var client = new StudioClient(settings, address)) {
      client.check();
      return "";
    } catch (StudioRefused refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
