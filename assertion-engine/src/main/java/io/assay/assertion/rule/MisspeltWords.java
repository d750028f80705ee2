package io.assay.assertion.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads a misspelt word at the beginning of a line as the word that was meant, once it is told:
 * what follows is checked as if it had been written well, and one slip is one message.
 *
 * <p>Only where no name could stand: at the top of a file, and where a clause must begin.
 */
final class MisspeltWords {
  /** Words that may end a clause; after any other one the next line goes on with it. */
  private static final Set<Integer> ENDS =
      Set.of(
          AssayLexer.EVENTS,
          AssayLexer.EVENT,
          AssayLexer.PRESENT,
          AssayLexer.STREAM,
          AssayLexer.VIOLATED,
          AssayLexer.PREVIOUS,
          AssayLexer.OLD,
          AssayLexer.AROUND,
          AssayLexer.DAY,
          AssayLexer.WINDOWS,
          AssayLexer.VIOLATION,
          AssayLexer.VIOLATIONS,
          AssayLexer.SILENCE,
          AssayLexer.UNDECIDED,
          AssayLexer.PRIVATE,
          AssayLexer.TRUE,
          AssayLexer.FALSE,
          AssayLexer.NULL,
          AssayLexer.TYPE_NAME);

  private final Spans spans;
  private final Consumer<Issue> issues;
  private final Deque<Optional<BlockWords>> open = new ArrayDeque<>();
  private BlockWords declared = BlockWords.FILE;

  MisspeltWords(Spans spans, Consumer<Issue> issues) {
    this.spans = spans;
    this.issues = issues;
  }

  List<Token> mend(List<? extends Token> tokens) {
    var mended = new ArrayList<Token>(tokens.size());
    Token before = null;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        mended.add(token);
        continue;
      }
      Token read = token;
      if (before == null || before.getLine() < token.getLine() || opensRoute(before)) {
        read = begin(token, before, tokens.subList(i, tokens.size()));
      }
      block(read, tokens, i);
      mended.add(read);
      before = read;
    }
    return mended;
  }

  /** Routes are often written on one line. */
  private boolean opensRoute(Token before) {
    return before.getType() == AssayLexer.LBRACE
        && Optional.of(BlockWords.ROUTE).equals(open.peek());
  }

  private Token begin(Token token, @Nullable Token before, List<? extends Token> rest) {
    Optional<BlockWords> block = open.isEmpty() ? Optional.of(BlockWords.FILE) : open.peek();
    if (block.isEmpty() || token.getType() != AssayLexer.IDENT || !mayBegin(before, block.get())) {
      return token;
    }
    BlockWords words = block.get();
    if (!words.looksLike(line(rest))) {
      return token;
    }
    String written = token.getText();
    Optional<String> meant = Suggestions.nearest(written, words.words());
    if (meant.isEmpty()) {
      return token;
    }
    issues.accept(
        new Issue(
            IssueCode.UNEXPECTED,
            spans.of(token),
            "%s has no %s '%s'".formatted(words.block(), words.part(), written),
            Optional.of("did you mean '%s'?".formatted(meant.get()))));
    var read = new CommonToken(token);
    read.setType(BlockWords.typeOf(meant.get()));
    return read;
  }

  private static boolean mayBegin(@Nullable Token before, BlockWords block) {
    if (before == null || block == BlockWords.FILE) {
      return true;
    }
    int type = before.getType();
    boolean value =
        type == AssayLexer.IDENT || (type >= AssayLexer.UINT && type <= AssayLexer.STRING);
    return value
        || ENDS.contains(type)
        || BlockWords.isType(type)
        || type == AssayLexer.RPAREN
        || type == AssayLexer.RBRACKET
        || type == AssayLexer.LBRACE
        || type == AssayLexer.RBRACE
        || (type == AssayLexer.QUESTION && block == BlockWords.STREAM);
  }

  private static List<Token> line(List<? extends Token> rest) {
    var line = new ArrayList<Token>();
    for (Token token : rest) {
      if (token.getLine() != rest.get(0).getLine() || line.size() == 4) {
        break;
      }
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        line.add(token);
      }
    }
    return line;
  }

  private void block(Token token, List<? extends Token> tokens, int at) {
    if (open.isEmpty() || ForgottenBraces.beginsDeclaration(tokens, at)) {
      declaration(token);
    }
    if (token.getType() == AssayLexer.LBRACE) {
      open.push(open.isEmpty() ? Optional.of(declared) : Optional.empty());
    } else if (token.getType() == AssayLexer.RBRACE) {
      open.poll();
    }
  }

  private void declaration(Token token) {
    Optional<BlockWords> next =
        switch (token.getType()) {
          case AssayLexer.STREAM -> Optional.of(BlockWords.STREAM);
          case AssayLexer.EMBEDDINGS -> Optional.of(BlockWords.EMBEDDINGS);
          case AssayLexer.ASSERTION -> Optional.of(BlockWords.ASSERTION);
          case AssayLexer.ROUTE -> Optional.of(BlockWords.ROUTE);
          case AssayLexer.TEST -> Optional.of(BlockWords.TEST);
          default -> Optional.empty();
        };
    next.ifPresent(
        found -> {
          declared = found;
          open.clear();
        });
  }
}
