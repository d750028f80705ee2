package io.assay.assertion.rule;

import io.assay.assertion.rule.AssayParser.BareTypeContext;
import io.assay.assertion.rule.AssayParser.FieldItemContext;
import io.assay.assertion.rule.AssayParser.FieldModifierContext;
import io.assay.assertion.rule.AssayParser.MappingContext;
import io.assay.assertion.rule.AssayParser.PathContext;
import io.assay.assertion.rule.AssayParser.StreamItemContext;
import io.assay.assertion.rule.AssayParser.TypeContext;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.FieldDecl;
import io.assay.assertion.rule.ast.MappingNode;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.PathNode;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ast.TypeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Makes the tree of a stream's block: fields, types and where values are found. */
final class StreamBuilder {
  private final ExpressionBuilder expressions;
  private final ClauseRecovery recovery;

  StreamBuilder(ExpressionBuilder expressions, ClauseRecovery recovery) {
    this.expressions = expressions;
    this.recovery = recovery;
  }

  List<StreamItem> items(List<StreamItemContext> contexts) {
    return contexts.stream()
        .filter(c -> !recovery.isSpoilt(c) && c.exception == null && c.getChildCount() > 0)
        .flatMap(c -> item(c).stream())
        .toList();
  }

  /** As long as there are items: a line or a few for each, so that none can be forgotten. */
  private Optional<StreamItem> item(StreamItemContext context) {
    Span span = expressions.span(context);
    return switch (context.getChild(0)) {
      case AssayParser.ModelItemContext c ->
          Optional.of(
              new StreamItem.Model(
                  expressions.name(c.plainName(0)),
                  c.VERSION() == null ? null : expressions.name(c.plainName(1)),
                  span));
      case AssayParser.KeyItemContext c ->
          Optional.of(new StreamItem.Key(field(c.name(), c.type(), c.fieldModifier(), c)));
      case AssayParser.IdItemContext c -> Optional.of(id(c));
      case AssayParser.TimeItemContext c ->
          Optional.of(new StreamItem.Time(field(c.name(), c.type(), c.fieldModifier(), c)));
      case AssayParser.MediaItemContext c ->
          Optional.of(
              new StreamItem.Media(
                  expressions.name(c.plainName()), c.path() == null ? null : path(c.path()), span));
      case AssayParser.SizeItemContext c -> size(c);
      case AssayParser.FeaturesItemContext c ->
          Optional.of(new StreamItem.Features(fields(c.fieldItem()), span));
      case AssayParser.ImputeItemContext c ->
          Optional.of(
              new StreamItem.Impute(
                  expressions.name(c.name()),
                  expressions.amount(c.amount(0)),
                  expressions.amount(c.amount(1)),
                  span));
      case AssayParser.SliceItemContext c ->
          Optional.of(
              new StreamItem.Slice(
                  expressions.name(c.name()), expressions.expression(c.expr()), span));
      case AssayParser.CalibrationItemContext c ->
          Optional.of(
              new StreamItem.Calibration(
                  expressions.name(c.name()), expressions.expression(c.expr()), span));
      case AssayParser.TruthItemContext c ->
          Optional.of(
              new StreamItem.Truth(
                  field(c.name(), c.type(), List.of(), c),
                  expressions.text(c.STRING()),
                  expressions.amount(c.amount()),
                  span));
      case AssayParser.ServingItemContext c -> Optional.of(serving(c));
      case AssayParser.LatenessItemContext c ->
          Optional.of(new StreamItem.Lateness(expressions.amount(c.amount()), span));
      case AssayParser.FieldItemContext c -> field(c).map(StreamItem.Field::new);
      default -> Optional.empty();
    };
  }

  private StreamItem id(AssayParser.IdItemContext c) {
    if (c.type() != null) {
      return new StreamItem.Id(field(c.name(), c.type(), c.fieldModifier(), c), true);
    }
    Name name = expressions.name(c.name());
    TypeNode string = new TypeNode.Simple(new Name("string", name.span()));
    return new StreamItem.Id(field(name, string, c.fieldModifier(), c), false);
  }

  private StreamItem serving(AssayParser.ServingItemContext c) {
    boolean named =
        c.getChild(2) instanceof TerminalNode leaf
            && leaf.getSymbol().getType() == AssayLexer.STRING;
    int topics = named ? 1 : 0;
    return new StreamItem.Serving(
        expressions.name(c.plainName(0)),
        named ? expressions.text(c.STRING(0)) : null,
        expressions.text(c.STRING(topics)),
        expressions.text(c.STRING().getLast()),
        c.amount() == null ? null : expressions.amount(c.amount()),
        c.PER() == null ? null : expressions.name(c.plainName(1)),
        expressions.span(c));
  }

  private Optional<StreamItem> size(AssayParser.SizeItemContext c) {
    Span span = expressions.span(c);
    String[] sides =
        c.QUANTITY() != null
            ? c.QUANTITY().getText().split("x", 2)
            : new String[] {c.INT(0).getText(), c.INT(1).getText()};
    boolean cross = c.QUANTITY() != null || c.name().getText().equals("x");
    if (cross && sides.length == 2) {
      try {
        int width = Integer.parseInt(sides[0]);
        int height = Integer.parseInt(sides[1]);
        if (width > 0 && height > 0) {
          return Optional.of(new StreamItem.Size(width, height, span));
        }
      } catch (NumberFormatException e) {
        // Falls through to the one message for all that is no size.
      }
    }
    expressions
        .issues()
        .accept(
            new Issue(
                IssueCode.OUT_OF_BOUNDS,
                span,
                "an image's size is two positive numbers of pixels",
                Optional.of("as in: size 1920 x 1080")));
    return Optional.empty();
  }

  private List<FieldDecl> fields(List<FieldItemContext> contexts) {
    return contexts.stream().flatMap(c -> field(c).stream()).toList();
  }

  private Optional<FieldDecl> field(FieldItemContext c) {
    ParserRuleContext name = c.fieldName() != null ? c.fieldName() : c.streamWord();
    boolean typed = c.type() != null || c.unknownType() != null;
    if (c.exception != null || recovery.isSpoilt(c) || name == null || !typed) {
      return Optional.empty();
    }
    TypeNode type =
        c.type() != null ? type(c.type()) : new TypeNode.Unknown(expressions.name(c.unknownType()));
    return Optional.of(field(expressions.name(name), type, c.fieldModifier(), c));
  }

  FieldDecl field(
      ParserRuleContext name,
      TypeContext type,
      List<FieldModifierContext> modifiers,
      ParserRuleContext whole) {
    return field(expressions.name(name), type(type), modifiers, whole);
  }

  private FieldDecl field(
      Name name, TypeNode type, List<FieldModifierContext> modifiers, ParserRuleContext whole) {
    boolean isPrivate = false;
    List<List<Text>> alike = new ArrayList<>();
    Expr tolerance = null;
    PathNode from = null;
    MappingNode mapping = null;
    for (FieldModifierContext modifier : modifiers) {
      isPrivate |= modifier.PRIVATE() != null;
      if (modifier.ALIKE() != null) {
        alike.add(modifier.STRING().stream().map(expressions::text).toList());
      }
      if (modifier.amount() != null) {
        tolerance = expressions.amount(modifier.amount());
      }
      if (modifier.path() != null) {
        from = path(modifier.path());
      }
      if (modifier.mapping() != null) {
        mapping = mapping(modifier.mapping());
      }
    }
    return new FieldDecl(
        name, type, isPrivate, alike, tolerance, from, mapping, expressions.span(whole));
  }

  private MappingNode mapping(MappingContext c) {
    Span span = expressions.span(c);
    if (c.path() != null) {
      return new MappingNode.Path(path(c.path()));
    }
    if (c.name() == null) {
      return new MappingNode.Constant(Double.parseDouble(c.getText()), span);
    }
    return new MappingNode.Call(
        expressions.name(c.name()), c.mapping().stream().map(this::mapping).toList(), span);
  }

  PathNode path(PathContext c) {
    var steps = new ArrayList<PathNode.Step>();
    steps.add(new PathNode.Key(key(c.plainName(), c.STRING())));
    for (AssayParser.PathStepContext step : c.pathStep()) {
      steps.add(
          step.INT() != null
              ? new PathNode.Position(whole(step.INT()))
              : new PathNode.Key(key(step.name(), step.STRING())));
    }
    return new PathNode(steps, expressions.span(c));
  }

  private String key(@Nullable ParserRuleContext name, TerminalNode text) {
    return name != null ? expressions.name(name).text() : expressions.text(text).value();
  }

  private TypeNode type(TypeContext c) {
    TypeNode bare = bareType(c.bareType());
    return c.QUESTION() == null ? bare : new TypeNode.Maybe(bare, expressions.span(c));
  }

  private TypeNode bareType(BareTypeContext context) {
    Span span = expressions.span(context);
    return switch (context) {
      case AssayParser.SimpleTypeContext c -> new TypeNode.Simple(expressions.name(c));
      case AssayParser.TimestampTypeContext c -> new TypeNode.Timestamp(unit(c.name()), span);
      case AssayParser.LengthTypeContext c -> new TypeNode.Length(unit(c.name()), span);
      case AssayParser.EnumTypeContext c ->
          new TypeNode.OneOf(c.STRING().stream().map(expressions::text).toList(), span);
      case AssayParser.VectorTypeContext c ->
          new TypeNode.Vector(c.INT() == null ? null : whole(c.INT()), span);
      case AssayParser.RecordListTypeContext c ->
          new TypeNode.ListOf(new TypeNode.Fields(fields(c.fieldItem()), span), span);
      case AssayParser.ListTypeContext c -> new TypeNode.ListOf(type(c.type()), span);
      case AssayParser.MapTypeContext c ->
          new TypeNode.MapOf(
              c.name() == null ? type(c.type(0)) : new TypeNode.Unknown(expressions.name(c.name())),
              type(c.type().getLast()),
              span);
      case AssayParser.RecordTypeContext c -> new TypeNode.Fields(fields(c.fieldItem()), span);
      default -> throw new IllegalStateException("unknown type " + context.getText());
    };
  }

  private @Nullable Name unit(ParserRuleContext name) {
    return name == null ? null : expressions.name(name);
  }

  /** A count; zero, told of, where it is no count. */
  int whole(TerminalNode number) {
    try {
      return Integer.parseInt(number.getText());
    } catch (NumberFormatException e) {
      expressions
          .issues()
          .accept(
              new Issue(
                  IssueCode.NUMBER_OUT_OF_RANGE,
                  expressions.span((ParserRuleContext) number.getParent()),
                  "%s is no count that can be used here".formatted(number.getText())));
      return 0;
    }
  }
}
