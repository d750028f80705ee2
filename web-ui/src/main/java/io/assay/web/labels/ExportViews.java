package io.assay.web.labels;

import io.assay.assertion.event.StreamType;
import io.assay.web.media.MediaFiles;
import io.assay.web.media.MediaLinks;
import io.assay.web.rules.ActiveRules;
import io.assay.web.violations.PrivateKeys;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Makes the views of those who export from a project. */
@Component
public class ExportViews {
  private final ActiveRules rules;
  private final MediaFiles files;
  private final MediaLinks links;
  private final PrivateKeys keys;

  ExportViews(ActiveRules rules, MediaFiles files, MediaLinks links, PrivateKeys keys) {
    this.rules = rules;
    this.files = files;
    this.links = links;
    this.keys = keys;
  }

  /**
   * A view.
   *
   * @param clear whether private fields are seen
   * @param here this web interface's address, for links to media
   */
  public ExportView of(String project, boolean clear, String here) {
    var sizes = new ConcurrentHashMap<String, Optional<MediaFiles.Size>>();
    return new ExportView(
        keys.sight(project, clear),
        stream ->
            clear ? Visible.everything() : Visible.withoutPrivate(rules.stream(project, stream)),
        (stream, reference) ->
            sizes.computeIfAbsent(
                stream + "\n" + reference, key -> size(project, stream, reference)),
        reference -> links.link(here, project, reference));
  }

  /** As the stream declares it; else as the image itself says. */
  private Optional<MediaFiles.Size> size(String project, String stream, String reference) {
    return rules.stream(project, stream)
        .flatMap(StreamType::size)
        .map(size -> new MediaFiles.Size(size.width(), size.height()))
        .or(() -> files.size(project, reference));
  }
}
