package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** From text to tree. What could not be read is told, and the rest is there. */
final class RuleParser {
  /** Ten thousand rules; whatever is read takes memory and time. */
  static final int LARGEST = 4_000_000;

  private final Spans spans;
  private final Consumer<Issue> issues;
  private final SyntaxErrors errors;
  private final ClauseRecovery recovery;
  private final Dialect dialect;
  private final CommonTokenStream words;

  private RuleParser(String text, Spans spans, Consumer<Issue> issues, Dialect dialect) {
    this.spans = spans;
    this.issues = issues;
    this.dialect = dialect;
    this.errors = new SyntaxErrors(spans, issues);
    this.recovery = new ClauseRecovery(errors);
    this.words = stream(words(text, dialect));
  }

  static RuleFile parse(SourceFile source, Consumer<Issue> issues) {
    if (isTooLarge(source, issues)) {
      return new RuleFile(source.name(), List.of(), Set.of());
    }
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
    var log = new IssueLog();
    var trees = new ArrayList<SyntaxTree>();
    if (!isTooLarge(source, log)) {
      log.during(
          () -> {
            var parser = new RuleParser(source.text(), new Spans(source), log, Dialect.ASSAY);
            parser
                .read(AssayParser::file)
                .map(file -> new SyntaxTree(file, parser.words.getTokens()))
                .ifPresent(trees::add);
          });
    }
    log.issues().forEach(issues);
    return log.issues().isEmpty() ? trees.stream().findFirst() : Optional.empty();
  }

  /** Words and comments in order. */
  static List<Token> words(String text, Dialect dialect) {
    var lexer = new AssayLexer(new AsciiStream(text));
    lexer.pure = dialect == Dialect.CEL;
    lexer.removeErrorListeners();
    return List.copyOf(lexer.getAllTokens());
  }

  private static CommonTokenStream stream(List<Token> words) {
    var stream = new CommonTokenStream(new ListTokenSource(words));
    stream.fill();
    return stream;
  }

  private static boolean isTooLarge(SourceFile source, Consumer<Issue> issues) {
    int size = source.text().length();
    if (size > LARGEST) {
      issues.accept(
          new Issue(
              IssueCode.TOO_MUCH,
              new Span(source.name(), 0, 0, 1, 1),
              "a rule file has up to %d characters, got %d".formatted(LARGEST, size),
              Optional.of("rules may be spread over several files")));
    }
    return size > LARGEST;
  }

  private RuleFile file(SourceFile source) {
    return read(AssayParser::file)
        .map(file -> new DeclarationBuilder(builder(), source, recovery).build(file))
        .orElseGet(() -> new RuleFile(source.name(), List.of(), Set.of()));
  }

  private Optional<Expr> expression() {
    return read(AssayParser::onlyExpr)
        .filter(context -> !recovery.isDamaged(context))
        .map(context -> builder().expression(context.expr()));
  }

  private ExpressionBuilder builder() {
    return new ExpressionBuilder(spans, issues, dialect);
  }

  /** Empty, and told, where it is nested too deep to be read at all. */
  private <T extends ParserRuleContext> Optional<T> read(Function<AssayParser, T> rule) {
    Optional<Token> tooDeep = DepthGuard.tooDeep(words.getTokens());
    if (tooDeep.isPresent()) {
      // The lexer's own errors are told all the same: they may be why it looks so deep.
      words.getTokens().stream()
          .filter(t -> t.getType() == AssayLexer.UNCLOSED_STRING)
          .findFirst()
          .ifPresent(errors::unclosedString);
      errors.tooDeep(tooDeep.get());
      return Optional.empty();
    }
    return Optional.of(quickly(rule).orElseGet(() -> carefully(rule)));
  }

  /**
   * Without a rule's whole context a decision is many times cheaper, and nearly always enough. What
   * is accepted so is right; what is refused may be right as well.
   */
  private <T extends ParserRuleContext> Optional<T> quickly(Function<AssayParser, T> rule) {
    var parser = new AssayParser(words);
    parser.removeErrorListeners();
    parser.setErrorHandler(new FirstError());
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return Optional.of(rule.apply(parser));
    } catch (ParseCancellationException refused) {
      return Optional.empty();
    }
  }

  /** As it was probably meant: what was mended is told. */
  private <T extends ParserRuleContext> T carefully(Function<AssayParser, T> rule) {
    List<Token> written =
        words.getTokens().stream().filter(word -> word.getType() != Token.EOF).toList();
    List<Token> named = HyphenatedNames.join(written, spans, errors::tell);
    List<Token> typed = WordsForOptional.drop(named, spans, errors::tell);
    List<Token> mended = new MisspeltWords(spans, errors::tell).mend(typed);
    var parser = new AssayParser(stream(new ForgottenBraces(errors).close(mended)));
    parser.removeErrorListeners();
    parser.setErrorHandler(recovery);
    return rule.apply(parser);
  }
}
