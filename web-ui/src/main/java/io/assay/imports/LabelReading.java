package io.assay.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What has been read of a file of labels so far, and what was wrong with it. */
final class LabelReading {
  private static final Pattern NUMBER_AT_END = Pattern.compile("([0-9]{1,9})(?:\\.[^./]*)?$");

  private final Map<String, List<Draft>> series = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long leftOut;

  private record Draft(OptionalInt frame, Optional<String> media, List<LabelledBox> boxes) {}

  /**
   * An image that somebody looked at.
   *
   * @param frame its number, where the file says one
   */
  void frame(String name, OptionalInt frame, Optional<String> media, List<LabelledBox> boxes) {
    series.computeIfAbsent(name, ignored -> new ArrayList<>()).add(new Draft(frame, media, boxes));
  }

  void problem(String place, String needed, JsonNode came) {
    String text = came.isMissingNode() ? "nothing" : came.toString();
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    problems.add("%s: needed %s, got %s".formatted(place, needed, shown));
  }

  /** A region that is no box. */
  void leaveOut() {
    leftOut++;
  }

  /** The folder of an image, or nothing. */
  static String folder(Optional<String> media) {
    String path = media.orElse("").replaceFirst("\\?.*$", "");
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  LabelFile file(String kind) {
    List<LabelledFrame> frames = new ArrayList<>();
    series.forEach((name, drafts) -> frames.addAll(numbered(name, drafts)));
    if (frames.isEmpty() && problems.isEmpty()) {
      problems.add("needed labelled images, got none");
    }
    return new LabelFile(kind, frames, leftOut, problems);
  }

  /** By the numbers that the file says, or else those at the names' ends, or else in order. */
  private static List<LabelledFrame> numbered(String name, List<Draft> drafts) {
    List<OptionalInt> said = drafts.stream().map(Draft::frame).toList();
    List<OptionalInt> named = drafts.stream().map(draft -> numberAtEnd(draft.media())).toList();
    List<LabelledFrame> frames = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      int number = i;
      if (tellApart(said)) {
        number = said.get(i).orElseThrow();
      } else if (tellApart(named)) {
        number = named.get(i).orElseThrow();
      }
      Draft draft = drafts.get(i);
      frames.add(new LabelledFrame(name, number, draft.media(), draft.boxes()));
    }
    frames.sort(Comparator.comparingInt(LabelledFrame::frame));
    return frames;
  }

  private static boolean tellApart(List<OptionalInt> numbers) {
    Set<Integer> seen = new HashSet<>();
    return numbers.stream().allMatch(number -> number.isPresent() && seen.add(number.getAsInt()));
  }

  private static OptionalInt numberAtEnd(Optional<String> media) {
    Matcher number = NUMBER_AT_END.matcher(media.orElse("").replaceFirst("\\?.*$", ""));
    return number.find() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
  }
}
