package io.assay.web.media;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where images are.
 *
 * @param folder of the project {@code default}
 * @param folders of other projects, by project: none sees another's
 */
@ConfigurationProperties("assay.media")
record MediaSettings(@Nullable Path folder, @DefaultValue Map<String, Path> folders) {
  private static final String FIRST_PROJECT = "default";

  MediaSettings {
    folders = Map.copyOf(folders);
  }

  @Nullable Path folderOf(String project) {
    Path own = folders.get(project);
    return own == null && project.equals(FIRST_PROJECT) ? folder : own;
  }
}
