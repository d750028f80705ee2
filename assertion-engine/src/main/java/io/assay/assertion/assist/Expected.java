package io.assay.assertion.assist;

import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.AssayParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/**
 * What the grammar allows behind some words: every way of reading them is followed to their end.
 * Each rule is walked once from each place, so the cost is words times rules.
 */
final class Expected {
  /** Where a word of the author's own goes: a name, a type, or an operand. */
  private static final Set<Integer> SLOTS =
      Set.of(
          AssayParser.RULE_name,
          AssayParser.RULE_plainName,
          AssayParser.RULE_fieldName,
          AssayParser.RULE_givenName,
          AssayParser.RULE_streamWord,
          AssayParser.RULE_type,
          AssayParser.RULE_unknownType,
          AssayParser.RULE_primary);

  /** No text that people write is nested so deep; what is must not end the thread. */
  private static final int DEEPEST = 1500;

  private final int[] words;
  private final Map<Long, Set<Integer>> ends = new HashMap<>();
  private final Set<Word> found = new LinkedHashSet<>();
  private final Set<Slot> slots = new LinkedHashSet<>();
  private int depth;

  private Expected(List<Integer> words) {
    this.words = words.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A word of the language, and the rule that asks for it. */
  record Word(int type, int rule) {
    String text() {
      String shown = AssayLexer.VOCABULARY.getLiteralName(type);
      return shown == null ? "" : shown.substring(1, shown.length() - 1);
    }
  }

  /** A place for a word of the author's own, and the rule that asks for it. */
  record Slot(int what, int rule) {}

  /** What may follow; nothing where the words cannot be read up to their end. */
  record Answer(Set<Word> words, Set<Slot> slots) {
    boolean isEmpty() {
      return words.isEmpty() && slots.isEmpty();
    }

    boolean takes(int what) {
      return slots.stream().anyMatch(slot -> slot.what() == what);
    }

    boolean takes(int what, int rule) {
      return slots.contains(new Slot(what, rule));
    }
  }

  /** Behind words that stand at the beginning of a file, as types of the lexer. */
  static Answer behind(List<Integer> words) {
    var expected = new Expected(words);
    expected.walk(AssayParser.RULE_file, 0);
    return new Answer(expected.found, expected.slots);
  }

  /** Where a rule that begins at a word may end. */
  private Set<Integer> walk(int rule, int at) {
    long place = (long) rule << 32 | at;
    Set<Integer> known = ends.get(place);
    if (known != null || depth > DEEPEST) {
      return known == null ? Set.of() : known;
    }
    depth++;
    Set<Integer> own = new HashSet<>();
    ends.put(place, own);
    var open = new ArrayDeque<Step>();
    Set<Step> seen = new HashSet<>();
    open.add(new Step(AssayParser._ATN.ruleToStartState[rule], at));
    while (!open.isEmpty()) {
      Step step = open.pop();
      if (!seen.add(step)) {
        continue;
      }
      if (step.state() instanceof RuleStopState) {
        own.add(step.at());
        continue;
      }
      for (Transition next : step.state().getTransitions()) {
        open.addAll(follow(rule, next, step.at()));
      }
    }
    depth--;
    return own;
  }

  private record Step(ATNState state, int at) {}

  private List<Step> follow(int rule, Transition next, int at) {
    if (next instanceof RuleTransition call) {
      if (at == words.length && SLOTS.contains(call.target.ruleIndex)) {
        slots.add(new Slot(call.target.ruleIndex, rule));
        return List.of();
      }
      List<Step> steps = new ArrayList<>();
      walk(call.target.ruleIndex, at).forEach(end -> steps.add(new Step(call.followState, end)));
      return steps;
    }
    if (next.isEpsilon()) {
      return List.of(new Step(next.target, at));
    }
    if (at == words.length) {
      next.label().toList().forEach(type -> found.add(new Word(type, rule)));
      return List.of();
    }
    return next.label().contains(words[at]) ? List.of(new Step(next.target, at + 1)) : List.of();
  }
}
