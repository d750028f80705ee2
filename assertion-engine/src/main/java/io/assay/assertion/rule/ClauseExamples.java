package io.assay.assertion.rule;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.jspecify.annotations.Nullable;

/** How each part of the language is written, for whoever has written it in another way. */
final class ClauseExamples {
  private static final Map<Integer, String> BY_RULE =
      Map.ofEntries(
          entry(AssayParser.RULE_languageLine, "language 1"),
          entry(AssayParser.RULE_modelDecl, "model detector \"yolo-street\" owner \"perception\""),
          entry(AssayParser.RULE_paramDecl, "param T = 500ms"),
          entry(
              AssayParser.RULE_streamDecl, "stream camera from topic \"camera.predictions\" { … }"),
          entry(AssayParser.RULE_modelItem, "model detector version model_version"),
          entry(AssayParser.RULE_keyItem, "key vehicle string"),
          entry(AssayParser.RULE_idItem, "id frame_id string"),
          entry(AssayParser.RULE_timeItem, "time at timestamp(millis)"),
          entry(AssayParser.RULE_mediaItem, "media image from image_url"),
          entry(AssayParser.RULE_sizeItem, "size 1920 x 1080"),
          entry(AssayParser.RULE_featuresItem, "features { income double? }"),
          entry(AssayParser.RULE_imputeItem, "impute features every 6h from last 50000 events"),
          entry(AssayParser.RULE_sliceItem, "slice night = hour(at) >= 21"),
          entry(AssayParser.RULE_truthItem, "truth paid bool from topic \"outcomes\" within 90d"),
          entry(
              AssayParser.RULE_servingItem,
              "serving kserve from topic \"inference.log\" within 5min"),
          entry(AssayParser.RULE_latenessItem, "lateness 5s"),
          entry(AssayParser.RULE_fieldItem, "score ratio"),
          entry(AssayParser.RULE_embeddingsDecl, "embeddings items from topic \"vectors\" { … }"),
          entry(AssayParser.RULE_assertionDecl, "assertion flicker on camera { … }"),
          entry(AssayParser.RULE_eachClause, "each b in boxes where b.score >= 0.5"),
          entry(AssayParser.RULE_identityClause, "identity b.track"),
          entry(AssayParser.RULE_absentClause, "absent less than 500ms"),
          entry(AssayParser.RULE_presentClause, "present less than 300ms"),
          entry(AssayParser.RULE_presentInClause, "present in at least 2 of 3"),
          entry(AssayParser.RULE_returnsClause, "returns b.label within 2s"),
          entry(AssayParser.RULE_transitionsClause, "transitions at most 2 within 10s"),
          entry(AssayParser.RULE_consistentClause, "consistent b.label within 2s"),
          entry(AssayParser.RULE_changeClause, "change b.distance at most 2metres per 1s"),
          entry(AssayParser.RULE_letClause, "let n = size(boxes)"),
          entry(AssayParser.RULE_expectClause, "expect score > 0.5"),
          entry(
              AssayParser.RULE_forClause,
              "for f in features expect missing(f) < 5% over tumbling 1h"),
          entry(AssayParser.RULE_silenceClause, "silence at most 500ms"),
          entry(AssayParser.RULE_joinClause, "join lidar within 50ms"),
          entry(
              AssayParser.RULE_matchClause,
              "match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0"),
          entry(AssayParser.RULE_unmatchedClause, "unmatched c where c.score >= 0.5"),
          entry(AssayParser.RULE_ignoreClause, "ignore where touches_border(c.area)"),
          entry(AssayParser.RULE_byClause, "by region"),
          entry(AssayParser.RULE_windowClause, "window tumbling 1h at least 1000 events"),
          entry(
              AssayParser.RULE_windowSpec, "tumbling 1h, hopping 5min every 1min, last 100 events"),
          entry(AssayParser.RULE_leastClause, "at least 95% of items"),
          entry(AssayParser.RULE_compareClause, "compare version by application"),
          entry(AssayParser.RULE_whenClause, "when flicker violated"),
          entry(AssayParser.RULE_levelClause, "level warning"),
          entry(AssayParser.RULE_explainClause, "explain \"{b.label} was gone for {gap}\""),
          entry(AssayParser.RULE_modeClause, "mode shadow"),
          entry(AssayParser.RULE_ownerClause, "owner \"perception\""),
          entry(AssayParser.RULE_tagsClause, "tags safety, camera"),
          entry(AssayParser.RULE_runbookClause, "runbook \"https://example.org/flicker\""),
          entry(AssayParser.RULE_correctClause, "correct set b.label = majority(b.label)"),
          entry(AssayParser.RULE_sampleClause, "sample bandit, at most 200 per day"),
          entry(AssayParser.RULE_alertClause, "alert when rate > 2% for 5min to perception"),
          entry(
              AssayParser.RULE_routeDecl,
              "route night { to webhook(\"https://example.org/hook\") }"),
          entry(AssayParser.RULE_testDecl, "test flicker \"gone for one frame\" { … }"),
          entry(AssayParser.RULE_givenItem, "given camera every 100ms vehicle \"v1\" …"),
          entry(AssayParser.RULE_seenItem, "seen \"11011\""),
          entry(AssayParser.RULE_expectItem, "expect violation at 300ms with gap = 200ms"));

  private static final Map<Integer, String> BY_WORD =
      Map.ofEntries(
          entry(AssayLexer.ENUM, "enum(\"car\", \"van\")"),
          entry(AssayLexer.LIST, "list<string>, or: list { score ratio }"),
          entry(AssayLexer.MAP, "map<string, double>"),
          entry(AssayLexer.VECTOR, "vector(256)"),
          entry(AssayLexer.TIMESTAMP, "timestamp(millis)"),
          entry(AssayLexer.LENGTH, "length(metres)"),
          entry(AssayLexer.INSERT, "correct insert b with label = majority(b.label)"),
          entry(AssayLexer.REMOVE, "correct remove b"),
          entry(AssayLexer.MERGE, "correct merge boxes where iou >= 0.5 keep highest(score)"),
          entry(AssayLexer.TO, "to webhook(\"https://example.org/hook\")"),
          entry(AssayLexer.GROUP, "group by assertion"),
          entry(AssayLexer.REPEAT, "repeat 4h"),
          entry(AssayLexer.ITEM, "item applicant string"),
          entry(AssayLexer.VERSION, "version release string"));

  private ClauseExamples() {}

  /** Of the nearest part around; none within an expression, which has no form of its own. */
  static Optional<String> of(@Nullable RuleContext place) {
    for (RuleContext c = place; c != null; c = c.getParent()) {
      int rule = c.getRuleIndex();
      if (rule == AssayParser.RULE_expr || rule == AssayParser.RULE_onlyExpr) {
        return Optional.empty();
      }
      String example = BY_RULE.get(rule);
      if (example == null && c instanceof ParserRuleContext context && hasForms(rule)) {
        example = BY_WORD.get(context.getStart().getType());
      }
      if (example != null) {
        return Optional.of("as in: " + example);
      }
    }
    return Optional.empty();
  }

  /** Of a part that was read: its own, not that of what stands within. */
  static Optional<String> ofFirst(ParserRuleContext part) {
    return part.getChildCount() > 0 && part.getChild(0) instanceof RuleContext first
        ? Optional.ofNullable(BY_RULE.get(first.getRuleIndex())).map("as in: "::concat)
        : Optional.empty();
  }

  private static boolean hasForms(int rule) {
    return rule == AssayParser.RULE_bareType
        || rule == AssayParser.RULE_correction
        || rule == AssayParser.RULE_routeItem
        || rule == AssayParser.RULE_embeddingsItem;
  }
}
