package io.assay.web.system;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Rules as the database keeps them: files and parameters, as JSON. */
public final class StoredRules {
  private static final JsonMapper JSON = JsonMapper.shared();

  private StoredRules() {}

  private record File(String name, String text, @Nullable String usual) {}

  private record Stored(List<File> files, Map<String, String> parameters) {}

  public static byte[] bytes(RuleContent content) {
    return JSON.writeValueAsBytes(
        new Stored(
            content.files().stream()
                .map(file -> new File(file.name(), file.text(), file.usual().orElse(null)))
                .toList(),
            content.parameters()));
  }

  /** The other way round. */
  public static RuleContent content(byte[] bytes) {
    Stored stored = JSON.readValue(bytes, Stored.class);
    return new RuleContent(
        stored.files().stream()
            .map(f -> new SourceFile(f.name(), f.text(), Optional.ofNullable(f.usual())))
            .toList(),
        stored.parameters());
  }
}
