package io.assay.assertion.rule;

import io.assay.assertion.event.Imputed;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.FieldDecl;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ast.TypeNode;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks one stream and makes its type. What is wrong is told, and the rest is there for the
 * assertions.
 */
final class StreamChecker {
  private final StreamDecl declaration;
  private final Set<String> models;
  private final Consumer<Issue> issues;
  private final FieldChecker fields;
  private final FieldSources sources;
  private final Map<String, StructType.Draft> drafts = new LinkedHashMap<>();
  private @Nullable String key;
  private @Nullable String time;
  private @Nullable String id;
  private @Nullable String media;
  private @Nullable String version;
  private @Nullable String model;
  private StreamType.@Nullable ImageSize size;
  private long lateness;

  /**
   * @param featureNames what {@code map<field, …>} may have as keys
   */
  StreamChecker(
      StreamDecl declaration,
      Set<String> models,
      List<String> featureNames,
      Consumer<Issue> issues) {
    this.declaration = declaration;
    this.models = models;
    this.issues = issues;
    boolean sized = declaration.items().stream().anyMatch(StreamItem.Size.class::isInstance);
    this.fields = new FieldChecker(sized, featureNames, issues);
    this.sources = new FieldSources(sized, issues);
  }

  StreamType check() {
    declaration.items().forEach(this::declare);
    // What may be named before or after its field is looked at when all fields are known.
    declaration.items().forEach(this::refer);
    Optional<String> imputed = new ImputedFields(declaration, issues).addTo(drafts);
    require();
    StructType root = StructType.of(declaration.name().text(), new ArrayList<>(drafts.values()));
    return new StreamType(
        declaration.name().text(),
        declaration.topic().value(),
        root,
        field(root, key),
        field(root, time),
        optional(root, id),
        optional(root, media),
        Optional.ofNullable(size),
        Optional.ofNullable(model),
        optional(root, version),
        lateness,
        imputed.map(group -> new Imputed(field(root, group), field(root, Imputed.NAME))));
  }

  /** Once checked. */
  Map<String, Double> tolerances() {
    return fields.tolerances();
  }

  private void declare(StreamItem item) {
    switch (item) {
      case StreamItem.Key k -> {
        key = once("key", key, k.span(), k.field().name().text());
        add(k.field());
        hasNoOptional(k.field(), "the key");
      }
      case StreamItem.Time t -> {
        time = once("time", time, t.span(), t.field().name().text());
        add(t.field());
        hasNoOptional(t.field(), "the event time");
      }
      case StreamItem.Field f -> add(f.field());
      case StreamItem.Features f -> group(f);
      case StreamItem.Size s -> size = new StreamType.ImageSize(s.width(), s.height());
      case StreamItem.Lateness l -> lateness = duration(l);
      case StreamItem.Id i -> {
        if (i.typed()) {
          add(i.field());
        }
      }
      case StreamItem.Model ignored -> {}
      case StreamItem.Media ignored -> {}
      case StreamItem.Slice ignored -> {}
      case StreamItem.Calibration ignored -> {}
      case StreamItem.Impute ignored -> {}
      case StreamItem.Truth ignored -> {}
      case StreamItem.Serving ignored -> {}
    }
  }

  private void refer(StreamItem item) {
    switch (item) {
      case StreamItem.Id i -> {
        id = once("id", id, i.span(), i.field().name().text());
        if (!drafts.containsKey(i.field().name().text())) {
          add(i.field());
        }
      }
      case StreamItem.Model m -> model(m);
      case StreamItem.Media m -> {
        media = once("media", media, m.span(), m.name().text());
        List<String> path =
            m.from() == null
                ? List.of(m.name().text())
                : sources.keys(m.from()).orElse(List.of("?"));
        text(m.name(), path);
      }
      case StreamItem.Impute i -> {
        if (!drafts.containsKey(i.group().text())) {
          issues.accept(
              new Issue(
                  IssueCode.UNKNOWN_FIELD,
                  i.group().span(),
                  "no group of fields is called '%s'".formatted(i.group().text()),
                  Suggestions.didYouMean(i.group().text(), drafts.keySet())));
        }
      }
      case StreamItem.Key ignored -> {}
      case StreamItem.Time ignored -> {}
      case StreamItem.Field ignored -> {}
      case StreamItem.Features ignored -> {}
      case StreamItem.Size ignored -> {}
      case StreamItem.Lateness ignored -> {}
      case StreamItem.Slice ignored -> {}
      case StreamItem.Calibration ignored -> {}
      case StreamItem.Truth ignored -> {}
      case StreamItem.Serving ignored -> {}
    }
  }

  private void model(StreamItem.Model m) {
    model = once("model", model, m.span(), m.model().text());
    if (!models.contains(m.model().text())) {
      issues.accept(
          new Issue(
              IssueCode.UNKNOWN_MODEL,
              m.model().span(),
              "unknown model '%s'".formatted(m.model().text()),
              Suggestions.didYouMean(m.model().text(), models)
                  .or(
                      () ->
                          Optional.of("declare it above: model %s".formatted(m.model().text())))));
    }
    if (m.versionField() != null) {
      version = m.versionField().text();
      text(m.versionField(), List.of(version));
    }
  }

  /** A text that need not come, unless it is declared as a field by itself. */
  private void text(Name name, List<String> path) {
    drafts.putIfAbsent(
        name.text(),
        new StructType.Draft(
            name.text(), Basic.STRING, true, false, new Source(path, Reading.PLAIN)));
  }

  private void group(StreamItem.Features features) {
    List<StructType.Draft> members = fields.drafts(features.fields(), prefix("features"));
    StructType type = StructType.of(prefix("features"), members);
    drafts.putIfAbsent(
        "features",
        new StructType.Draft(
            "features", type, false, false, new Source(List.of("features"), Reading.PLAIN)));
  }

  private String prefix(String member) {
    return declaration.name().text() + "." + member;
  }

  private void add(FieldDecl field) {
    String name = field.name().text();
    StructType.Draft draft = fields.draft(field, declaration.name().text());
    if (drafts.putIfAbsent(name, draft) != null) {
      fields.duplicate(field.name(), declaration.name().text());
    }
  }

  private String once(String clause, @Nullable String earlier, Span span, String name) {
    if (earlier != null) {
      issues.accept(
          new Issue(
              IssueCode.REPEATED_CLAUSE, span, "a stream has one '%s' only".formatted(clause)));
      return earlier;
    }
    return name;
  }

  private void hasNoOptional(FieldDecl field, String what) {
    if (field.type() instanceof TypeNode.Maybe maybe) {
      issues.accept(
          new Issue(
              IssueCode.WRONG_TYPE,
              maybe.span(),
              "%s is needed in every event, so it cannot be optional".formatted(what)));
    }
    StructType.Draft draft = drafts.get(field.name().text());
    boolean isTime = what.equals("the event time");
    if (draft != null
        && isTime
        && draft.type() != Basic.TIMESTAMP
        && draft.type() != Basic.UNKNOWN) {
      issues.accept(
          new Issue(
              IssueCode.WRONG_TYPE,
              field.type().span(),
              "the event time needs a timestamp, got %s".formatted(TypeText.aOrAn(draft.type())),
              Optional.of("a number of milliseconds is declared as timestamp(millis)")));
    }
  }

  private long duration(StreamItem.Lateness item) {
    Term term =
        new ExpressionChecker(issues)
            .check(item.atMost(), Scope.ofConstants(Map.of()), Basic.DURATION, "lateness");
    if (!(term instanceof Term.Constant(Long nanos, Type ignored, Span span))) {
      return 0;
    }
    if (nanos < 0) {
      issues.accept(
          new Issue(
              IssueCode.OUT_OF_BOUNDS,
              span,
              "lateness is how long events are waited for, so it cannot be negative"));
    }
    return Math.max(0, nanos);
  }

  /** Key and time are always there, so that the rest can be checked. */
  private void require() {
    var missing = new ArrayList<String>();
    if (key == null) {
      missing.add("key");
      key = "$key";
      drafts.put(key, stand(key, Basic.STRING));
    }
    if (time == null) {
      missing.add("time");
      time = "$time";
      drafts.put(time, stand(time, Basic.TIMESTAMP));
    }
    if (!missing.isEmpty() && !declaration.damaged()) {
      issues.accept(
          new Issue(
              IssueCode.MISSING_FIELD,
              declaration.name().span(),
              "stream '%s' has no %s"
                  .formatted(declaration.name().text(), String.join(" and no ", missing)),
              Optional.of("as in: key vehicle string, time at timestamp(millis)")));
    }
  }

  private static StructType.Draft stand(String name, Type type) {
    return new StructType.Draft(name, type, false, false, new Source(List.of(name), Reading.PLAIN));
  }

  private static StructType.Field field(StructType root, @Nullable String name) {
    return optional(root, name).orElseThrow();
  }

  private static Optional<StructType.Field> optional(StructType root, @Nullable String name) {
    return name == null ? Optional.empty() : root.field(name);
  }
}
