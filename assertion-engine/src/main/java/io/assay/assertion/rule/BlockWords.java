package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Which words begin a part of which block. */
enum BlockWords {
  FILE("declaration", "a file") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1 && (isWord(line.get(1)) || line.get(1).getType() == AssayLexer.INT);
    }
  },
  STREAM("clause", "a stream") {
    // A field is a name and a type, so a clause is told from it by what follows.
    @Override
    boolean looksLike(List<Token> line) {
      if (line.size() < 2) {
        return false;
      }
      int second = line.get(1).getType();
      boolean figure = second == AssayLexer.QUANTITY || second == AssayLexer.INT;
      return figure || (line.size() > 2 && isPlain(line.get(1)) && begins(line.get(2).getType()));
    }

    private boolean begins(int third) {
      return isType(third)
          || third == AssayLexer.ASSIGN
          || third == AssayLexer.EVERY
          || third == AssayLexer.VERSION;
    }
  },
  EMBEDDINGS("clause", "embeddings") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1;
    }
  },
  ASSERTION("clause", "an assertion") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1 && !continues(line.get(1).getType());
    }
  },
  ROUTE("clause", "a route") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1 && isWord(line.get(1));
    }
  },
  TEST("clause", "a test") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1;
    }
  };

  private final String part;
  private final String block;

  BlockWords(String part, String block) {
    this.part = part;
    this.block = block;
  }

  /** What its words begin: a clause, or a declaration. */
  String part() {
    return part;
  }

  String block() {
    return block;
  }

  /** Whether a line that begins with an unknown word could be one of the block's parts. */
  abstract boolean looksLike(List<Token> line);

  List<String> words() {
    return switch (this) {
      case FILE ->
          List.of(
              "language", "model", "stream", "embeddings", "assertion", "param", "route", "test");
      case STREAM ->
          List.of(
              "model",
              "key",
              "id",
              "time",
              "media",
              "size",
              "impute",
              "slice",
              "truth",
              "lateness");
      case EMBEDDINGS -> List.of("item", "version", "vector", "time", "model");
      case ASSERTION ->
          List.of(
              "each",
              "where",
              "identity",
              "absent",
              "present",
              "returns",
              "transitions",
              "consistent",
              "change",
              "let",
              "expect",
              "for",
              "silence",
              "join",
              "match",
              "unmatched",
              "ignore",
              "by",
              "window",
              "at",
              "compare",
              "when",
              "severity",
              "level",
              "explain",
              "mode",
              "owner",
              "tags",
              "runbook",
              "correct",
              "sample",
              "alert",
              "param");
      case ROUTE -> List.of("to", "group", "repeat");
      case TEST -> List.of("given", "seen", "expect");
    };
  }

  /** The token type of one of the words. */
  static int typeOf(String word) {
    for (int type = AssayLexer.TRUE; type <= AssayLexer.MAP; type++) {
      if (("'" + word + "'").equals(AssayLexer.VOCABULARY.getLiteralName(type))) {
        return type;
      }
    }
    throw new IllegalArgumentException("no word of the language: " + word);
  }

  /** Token types of the words, for a parser's token to be looked up. */
  List<Integer> types() {
    var types = new ArrayList<Integer>();
    words().forEach(word -> types.add(typeOf(word)));
    return types;
  }

  static boolean isWord(Token token) {
    return token.getType() >= AssayLexer.LANGUAGE && token.getType() <= AssayLexer.QUOTED_IDENT;
  }

  static boolean isType(int type) {
    return type == AssayLexer.TYPE_NAME
        || type == AssayLexer.TIMESTAMP
        || type == AssayLexer.LENGTH
        || type == AssayLexer.ENUM
        || type == AssayLexer.VECTOR
        || type == AssayLexer.LIST
        || type == AssayLexer.MAP;
  }

  private static boolean isPlain(Token token) {
    return isWord(token) && !isType(token.getType());
  }

  /** A sign that goes on with an expression that began on the line before. */
  private static boolean continues(int type) {
    return type >= AssayLexer.RANGE && type <= AssayLexer.ASSIGN && type != AssayLexer.LPAREN;
  }
}
