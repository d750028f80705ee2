package io.assay.web.violations;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts.Part;
import io.assay.web.system.CsvParts.Source;
import io.assay.web.system.TimePlace;
import io.assay.web.violations.ViolationSearch.Found;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The list of violations in any of its orders: a part of it, or all of it for a file. */
@Component
class ViolationLists {
  private final ViolationSearch inTime;
  private final SeveritySearch bySeverity;

  ViolationLists(ViolationSearch inTime, SeveritySearch bySeverity) {
    this.inTime = inTime;
    this.bySeverity = bySeverity;
  }

  /** The part that an address asks for. */
  Slice slice(
      String project, ViolationFilter filter, Map<String, String> query, int size, boolean clear) {
    return filter.isBySeverity()
        ? Slice.bySeverity(bySeverity, project, filter, query, size, clear)
        : Slice.of(inTime, project, filter, query, size, clear);
  }

  /** All of it, part by part: places are as addresses have them. */
  Source<String> parts(String project, ViolationFilter filter, boolean clear) {
    return after ->
        filter.isBySeverity()
            ? worst(project, filter, clear, after.flatMap(SeverityPlace::read))
            : inTime(project, filter, clear, after.flatMap(text -> TimePlace.read("after", text)));
  }

  private Part<String> worst(
      String project, ViolationFilter filter, boolean clear, Optional<SeverityPlace> after) {
    SeveritySearch.Found found = bySeverity.worst(project, filter, after, CsvFiles.PART, clear);
    List<ViolationRow> rows = found.rows();
    return new Part<>(
        rows.stream().map(ViolationsCsv::cells).toList(),
        rows.size() < CsvFiles.PART
            ? found.reached().map(SeverityPlace::text)
            : Optional.of(SeverityPlace.of(rows.getLast()).text()));
  }

  private Part<String> inTime(
      String project, ViolationFilter filter, boolean clear, Optional<TimePlace> after) {
    Found found =
        filter.isOldest()
            ? inTime.newer(project, filter, after, CsvFiles.PART, clear)
            : inTime.older(project, filter, after, CsvFiles.PART, clear);
    List<ViolationRow> rows = filter.isOldest() ? found.rows().reversed() : found.rows();
    return new Part<>(
        rows.stream().map(ViolationsCsv::cells).toList(),
        rows.size() < CsvFiles.PART
            ? found.reached().map(TimePlace::text)
            : Optional.of(rows.getLast().cursor().text()));
  }
}
