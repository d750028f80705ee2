package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/** From text to tree. What could not be read is told, and the rest is there. */
final class RuleParser {
  private final Spans spans;
  private final Consumer<Issue> issues;
  private final CommonTokenStream tokens;
  private final ClauseRecovery recovery;
  private final SyntaxErrors errors;

  private final Dialect dialect;

  private RuleParser(String text, Spans spans, Consumer<Issue> issues, Dialect dialect) {
    this.spans = spans;
    this.issues = issues;
    this.dialect = dialect;
    this.errors = new SyntaxErrors(spans, issues);
    this.recovery = new ClauseRecovery(errors);
    var lexer = new AssayLexer(CharStreams.fromString(text));
    lexer.pure = dialect == Dialect.CEL;
    lexer.removeErrorListeners();
    List<Token> named = HyphenatedNames.join(lexer.getAllTokens(), spans, errors::tell);
    List<Token> mended = new MisspeltWords(spans, errors::tell).mend(named);
    List<Token> read = new ForgottenBraces(errors).close(mended);
    this.tokens = new CommonTokenStream(new ListTokenSource(read));
    this.tokens.fill();
  }

  static RuleFile parse(SourceFile source, Consumer<Issue> issues) {
    return new RuleParser(source.text(), new Spans(source), issues, Dialect.ASSAY).file(source);
  }

  /** One expression that stands somewhere in a sentence; empty where it cannot be read. */
  static Optional<Expr> parseExpression(String text, Spans spans, Consumer<Issue> issues) {
    return parseExpression(text, spans, issues, Dialect.ASSAY);
  }

  static Optional<Expr> parseExpression(
      String text, Spans spans, Consumer<Issue> issues, Dialect dialect) {
    return new RuleParser(text, spans, issues, dialect).expression();
  }

  /** The text as it was written; empty where it cannot be read. */
  static Optional<SyntaxTree> tree(SourceFile source, Consumer<Issue> issues) {
    var wrong = new ArrayList<Issue>();
    var parser = new RuleParser(source.text(), new Spans(source), wrong::add, Dialect.ASSAY);
    Optional<AssayParser.FileContext> file = parser.parser().map(AssayParser::file);
    wrong.forEach(issues);
    return wrong.isEmpty()
        ? file.map(read -> new SyntaxTree(read, parser.tokens.getTokens()))
        : Optional.empty();
  }

  private RuleFile file(SourceFile source) {
    return parser()
        .map(parser -> new DeclarationBuilder(builder(), source, recovery).build(parser.file()))
        .orElseGet(() -> new RuleFile(source.name(), List.of(), Set.of()));
  }

  private Optional<Expr> expression() {
    return parser()
        .map(AssayParser::onlyExpr)
        .filter(context -> !recovery.isDamaged(context))
        .map(context -> builder().expression(context.expr()));
  }

  private ExpressionBuilder builder() {
    return new ExpressionBuilder(spans, issues, dialect);
  }

  private Optional<AssayParser> parser() {
    Optional<Token> tooDeep = DepthGuard.tooDeep(tokens.getTokens());
    if (tooDeep.isPresent()) {
      // The lexer's own errors are told all the same: they may be why it looks so deep.
      tokens.getTokens().stream()
          .filter(t -> t.getType() == AssayLexer.UNCLOSED_STRING)
          .findFirst()
          .ifPresent(errors::unclosedString);
      errors.tooDeep(tooDeep.get());
      return Optional.empty();
    }
    var parser = new AssayParser(tokens);
    parser.removeErrorListeners();
    parser.setErrorHandler(recovery);
    return Optional.of(parser);
  }
}
