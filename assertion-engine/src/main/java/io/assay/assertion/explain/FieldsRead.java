package io.assay.assertion.explain;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which fields are read, by stream; a stream joined with itself is one. */
final class FieldsRead {
  private FieldsRead() {}

  static Map<String, List<String>> of(CheckedAssertion assertion) {
    var reads = new LinkedHashMap<String, List<String>>();
    add(reads, assertion.on().name(), assertion.reads());
    assertion
        .context()
        .releases()
        .map(Context.Releases::embeddings)
        .ifPresent(
            e ->
                add(
                    reads,
                    e.name(),
                    List.of(e.item().name(), e.version().name(), e.vector().name())));
    assertion
        .context()
        .join()
        .ifPresent(
            join -> {
              for (Context.Join.Partner partner : join.partners()) {
                add(reads, partner.stream().name(), partner.reads());
              }
            });
    return reads;
  }

  private static void add(
      Map<String, List<String>> reads, String stream, Collection<String> paths) {
    var all = new TreeSet<>(paths);
    all.addAll(reads.getOrDefault(stream, List.of()));
    reads.put(stream, all.stream().filter(path -> !isRecord(path, all)).toList());
  }

  /** Of a list or record whose fields are read one by one, the fields say all. */
  private static boolean isRecord(String path, NavigableSet<String> all) {
    @Nullable String next = all.ceiling(path + ".");
    return next != null && next.startsWith(path + ".");
  }
}
