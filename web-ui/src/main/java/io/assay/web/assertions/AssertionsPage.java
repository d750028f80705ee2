package io.assay.web.assertions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Level;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.rates.RateQueries.Version;
import io.assay.web.rates.SliceRates;
import io.assay.web.system.Page;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All assertions of a project, and how they fare. */
@Page
class AssertionsPage {
  private static final int SIZE = 50;

  private final AssertionLines lines;
  private final RateQueries rates;
  private final SliceRates slices;
  private final Clock clock;

  AssertionsPage(AssertionLines lines, RateQueries rates, SliceRates slices, Clock clock) {
    this.lines = lines;
    this.rates = rates;
    this.slices = slices;
    this.clock = clock;
  }

  /** {@code after}: the place behind which the part begins. */
  @GetMapping("/p/{project}/assertions")
  String show(@PathVariable String project, @RequestParam Map<String, String> query, Model model) {
    AssertionFilter filter = AssertionFilter.of(query);
    Period period = period(project, filter.range());
    List<AssertionLine> all = lines.of(project, period);
    AssertionSlice slice = AssertionSlice.of(all, filter, query.getOrDefault("after", ""), SIZE);
    model.addAttribute("here", "assertions");
    model.addAttribute("filter", filter);
    model.addAttribute("ranges", Range.values());
    model.addAttribute("orders", AssertionOrder.values());
    model.addAttribute("levels", Level.values());
    model.addAttribute("healths", Health.values());
    model.addAttribute("modes", List.of("ACTIVE", "SHADOW", "DRAFT"));
    var streams = new TreeSet<String>();
    var owners = new TreeSet<String>();
    all.forEach(line -> streams.addAll(line.streams()));
    all.stream().map(AssertionLine::owner).filter(o -> !o.isEmpty()).forEach(owners::add);
    model.addAttribute("streams", streams);
    model.addAttribute("owners", owners);
    model.addAttribute("known", all.size());
    model.addAttribute("slice", slice);
    List<Version> versions = rates.versions(project, period);
    model.addAttribute("heat", HeatMap.of(slice.lines(), versions, period));
    model.addAttribute(
        "heatByVersion", HeatMap.byVersion(slice.lines(), versions, period).orElse(null));
    model.addAttribute(
        "heatBySlice",
        HeatMap.bySlice(slice.lines(), slices.sums(project, slice.names(), period)).orElse(null));
    return "assertions";
  }

  /** The same list, whole. */
  @GetMapping("/p/{project}/assertions.csv")
  ResponseEntity<byte[]> csv(
      @PathVariable String project, @RequestParam Map<String, String> query) {
    AssertionFilter filter = AssertionFilter.of(query);
    AssertionSlice slice =
        AssertionSlice.of(
            lines.of(project, period(project, filter.range())), filter, "", Integer.MAX_VALUE / 2);
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("assertions-" + filter.range().text() + ".csv")
                .build()
                .toString())
        .contentType(new MediaType("text", "csv", UTF_8))
        .body(AssertionsCsv.of(slice.lines()).getBytes(UTF_8));
  }

  private Period period(String project, Range range) {
    Instant now = clock.instant();
    return Period.of(range, now, rates.newest(project).orElse(now));
  }
}
