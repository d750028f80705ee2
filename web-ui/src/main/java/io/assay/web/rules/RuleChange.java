package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one generation of rules differs from another.
 *
 * @param files those that differ; a file that is not there is empty
 */
record RuleChange(List<OfFile> files) {
  /** The changed lines of a file, or of what is usual for it. */
  record OfFile(String name, List<LineDiff.Line> lines) {
    public long added() {
      return LineDiff.count(lines.stream(), LineDiff.Kind.ADDED);
    }

    public long removed() {
      return LineDiff.count(lines.stream(), LineDiff.Kind.REMOVED);
    }
  }

  static RuleChange of(RuleContent before, RuleContent after) {
    return between(texts(before), texts(after));
  }

  /** What a proposal changes of the generation that it follows. */
  static RuleChange of(KnownGenerations known, RuleProposal proposal) {
    return known
        .content(proposal.project(), proposal.base())
        .map(before -> of(before, proposal.content()))
        .orElseGet(() -> ofAll(proposal.content()));
  }

  /** As the first generation differs from nothing. */
  static RuleChange ofAll(RuleContent after) {
    return between(Map.of(), texts(after));
  }

  private static RuleChange between(Map<String, String> old, Map<String, String> now) {
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    List<OfFile> changed = new ArrayList<>();
    for (String name : names) {
      List<LineDiff.Line> lines =
          LineDiff.of(old.getOrDefault(name, ""), now.getOrDefault(name, ""));
      if (!lines.isEmpty()) {
        changed.add(new OfFile(name, lines));
      }
    }
    return new RuleChange(changed);
  }

  private static Map<String, String> texts(RuleContent content) {
    Map<String, String> texts = new TreeMap<>();
    for (SourceFile file : content.files()) {
      texts.put(file.name(), file.text());
      file.usual().ifPresent(usual -> texts.put(file.name() + " (usual)", usual));
    }
    if (!content.parameters().isEmpty()) {
      var parameters = new StringBuilder();
      new TreeMap<>(content.parameters())
          .forEach(
              (name, value) -> parameters.append(name).append(" = ").append(value).append('\n'));
      texts.put("parameters", parameters.toString());
    }
    return texts;
  }
}
