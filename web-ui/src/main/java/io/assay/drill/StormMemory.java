package io.assay.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What processes have in memory, looked at from time to time: what is shared counts in parts. */
final class StormMemory {
  private final Map<String, Watched> watched = new LinkedHashMap<>();

  private record Watched(
      long limit, Supplier<List<ProcessHandle>> processes, List<Long> megabytes) {}

  /** Looks at some processes under one name, which may have so many MB. */
  void watch(String name, long limit, Supplier<List<ProcessHandle>> processes) {
    watched.put(name, new Watched(limit, processes, new ArrayList<>()));
  }

  void look() {
    watched
        .values()
        .forEach(
            one ->
                one.megabytes()
                    .add(
                        one.processes().get().stream().mapToLong(StormMemory::kilobytes).sum()
                            / 1024));
  }

  /** Nothing of one that has just ended. */
  private static long kilobytes(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  List<StormReport.Memory> found() {
    return watched.entrySet().stream()
        .map(
            each -> {
              List<Long> all = each.getValue().megabytes();
              int half = all.size() / 2;
              int last = all.size() * 3 / 4;
              return new StormReport.Memory(
                  each.getKey(),
                  each.getValue().limit(),
                  all.stream().mapToLong(Long::longValue).max().orElse(0),
                  mean(all.subList(half, last)),
                  mean(all.subList(last, all.size())));
            })
        .toList();
  }

  private static long mean(List<Long> some) {
    return (long) some.stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
