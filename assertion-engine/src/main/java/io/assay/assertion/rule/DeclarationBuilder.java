package io.assay.assertion.rule;

import io.assay.assertion.rule.AssayParser.DeclarationContext;
import io.assay.assertion.rule.AssayParser.FileContext;
import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.FieldDecl;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.RuleFile;
import io.assay.assertion.rule.ast.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Makes the tree of a file; leaves out the parts that could not be read. */
final class DeclarationBuilder {
  private final ExpressionBuilder expressions;
  private final SourceFile source;
  private final ClauseRecovery recovery;
  private final StreamBuilder streams;
  private final ClauseBuilder clauses;
  private final TestBuilder tests;

  DeclarationBuilder(ExpressionBuilder expressions, SourceFile source, ClauseRecovery recovery) {
    this.expressions = expressions;
    this.source = source;
    this.recovery = recovery;
    this.streams = new StreamBuilder(expressions, recovery);
    this.clauses = new ClauseBuilder(expressions, source, recovery);
    this.tests = new TestBuilder(expressions, recovery);
  }

  RuleFile build(FileContext file) {
    version(file);
    var declarations = new ArrayList<Declaration>();
    var unread = new HashSet<String>();
    for (DeclarationContext context : file.declaration()) {
      Optional<Declaration> declaration = declaration(context);
      declaration.ifPresent(declarations::add);
      if (declaration.isEmpty()) {
        unread.addAll(recovery.unread(context));
      }
    }
    return new RuleFile(source.name(), declarations, unread);
  }

  private void version(FileContext file) {
    if (file.languageLine() == null || !isWhole(file.languageLine())) {
      return;
    }
    TerminalNode number = file.languageLine().INT();
    if (!number.getText().equals("1")) {
      expressions
          .issues()
          .accept(
              new Issue(
                  IssueCode.LANGUAGE_VERSION,
                  expressions.span(file.languageLine()),
                  "language %s is not known here; this version reads language 1"
                      .formatted(number.getText())));
    }
  }

  private static boolean isWhole(ParserRuleContext context) {
    return context.exception == null;
  }

  private Optional<Declaration> declaration(DeclarationContext context) {
    if (context.getChildCount() == 0) {
      return Optional.empty();
    }
    return switch (context.getChild(0)) {
      case AssayParser.ModelDeclContext c when isWhole(c) && !recovery.isSpoilt(context) ->
          Optional.of(model(c));
      case AssayParser.ParamDeclContext c when isWhole(c) && !recovery.isSpoilt(context) ->
          Optional.of(clauses.param(c));
      case AssayParser.StreamDeclContext c -> stream(c);
      case AssayParser.EmbeddingsDeclContext c -> embeddings(c);
      case AssayParser.AssertionDeclContext c -> assertion(c);
      case AssayParser.RouteDeclContext c when named(c.name()) -> Optional.of(route(c));
      case AssayParser.TestDeclContext c when named(c.name()) && c.STRING() != null ->
          Optional.of(
              tests.test(c, expressions.name(c.name()), expressions.text(c.STRING()), damaged(c)));
      default -> Optional.empty();
    };
  }

  private boolean damaged(ParserRuleContext context) {
    return context.exception != null || recovery.isDamaged(context);
  }

  private static boolean named(ParserRuleContext name) {
    return name != null && name.exception == null;
  }

  private Declaration model(AssayParser.ModelDeclContext c) {
    // The first text is the title unless 'owner' stands before it.
    List<TerminalNode> texts = c.STRING();
    boolean owned = c.OWNER() != null;
    int titles = texts.size() - (owned ? 1 : 0);
    List<Name> names = c.name().stream().map(expressions::name).toList();
    return new Declaration.ModelDecl(
        names.getFirst(),
        titles > 0 ? expressions.text(texts.get(0)) : null,
        owned ? expressions.text(texts.getLast()) : null,
        names.subList(1, names.size()),
        expressions.span(c));
  }

  private Optional<Declaration> stream(AssayParser.StreamDeclContext c) {
    return !named(c.name())
        ? Optional.empty()
        : Optional.of(
            new Declaration.StreamDecl(
                expressions.name(c.name()),
                topic(c.STRING(), c),
                streams.items(c.streamItem()),
                damaged(c),
                expressions.span(c)));
  }

  private Text topic(@Nullable TerminalNode topic, ParserRuleContext context) {
    return topic == null ? new Text("", expressions.span(context)) : expressions.text(topic);
  }

  private Optional<Declaration> embeddings(AssayParser.EmbeddingsDeclContext c) {
    if (!named(c.name())) {
      return Optional.empty();
    }
    FieldDecl item = null;
    FieldDecl version = null;
    FieldDecl time = null;
    Integer dimensions = null;
    for (AssayParser.EmbeddingsItemContext i : c.embeddingsItem()) {
      if (!isWhole(i) || recovery.isSpoilt(i)) {
        continue;
      }
      if (i.ITEM() != null) {
        item = streams.field(i.name(), i.type(), List.of(), i);
      } else if (i.VERSION() != null) {
        version = streams.field(i.name(), i.type(), List.of(), i);
      } else if (i.INT() != null) {
        dimensions = streams.whole(i.INT());
      } else if (i.timeItem() != null) {
        time =
            streams.field(
                i.timeItem().name(), i.timeItem().type(), i.timeItem().fieldModifier(), i);
      }
    }
    return Optional.of(
        new Declaration.EmbeddingsDecl(
            expressions.name(c.name()),
            topic(c.STRING(), c),
            item,
            version,
            time,
            dimensions,
            damaged(c),
            expressions.span(c)));
  }

  private Optional<Declaration> assertion(AssayParser.AssertionDeclContext c) {
    List<AssayParser.NameContext> names = c.name();
    if (names.isEmpty() || !named(names.get(0))) {
      return Optional.empty();
    }
    Name name = expressions.name(names.get(0));
    boolean hasStream = names.size() > 1 && named(names.get(1));
    return Optional.of(
        new Declaration.AssertionDecl(
            name,
            hasStream ? expressions.name(names.get(1)) : new Name("", name.span()),
            c.STRING() == null ? null : expressions.text(c.STRING()),
            clauses.clauses(c.clause()),
            damaged(c) || !hasStream,
            recovery.unread(c),
            expressions.span(c)));
  }

  private Declaration route(AssayParser.RouteDeclContext c) {
    var targets = new ArrayList<Declaration.RouteDecl.Target>();
    var groupBy = new ArrayList<Name>();
    Expr repeat = null;
    for (AssayParser.RouteItemContext item : c.routeItem()) {
      if (!isWhole(item) || recovery.isSpoilt(item)) {
        continue;
      }
      for (AssayParser.RouteTargetContext target : item.routeTarget()) {
        targets.add(
            new Declaration.RouteDecl.Target(
                expressions.name(target.name()), expressions.text(target.STRING())));
      }
      groupBy.addAll(expressions.names(item.name()));
      if (item.REPEAT() != null) {
        repeat = expressions.amount(item.amount());
      }
    }
    return new Declaration.RouteDecl(
        expressions.name(c.name()), targets, groupBy, repeat, damaged(c), expressions.span(c));
  }
}
