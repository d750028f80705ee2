package io.assay.assertion.rule;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;

/** Which words begin a part of which block. */
enum BlockWords {
  FILE("declaration", "a file", "language model stream embeddings assertion param route test") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1 && (isWord(line.get(1)) || line.get(1).getType() == AssayLexer.INT);
    }
  },
  STREAM("clause", "a stream", "model key id time media size impute slice truth serving lateness") {
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
  EMBEDDINGS("clause", "embeddings", "item version vector time model") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1;
    }
  },
  ASSERTION(
      "clause",
      "an assertion",
      "each where identity absent present returns transitions consistent change let expect for"
          + " silence join match unmatched ignore by window at compare when severity level"
          + " explain mode owner tags runbook correct sample alert param") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1 && !continues(line.get(1).getType());
    }
  },
  ROUTE("clause", "a route", "to group repeat") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1 && isWord(line.get(1));
    }
  },
  TEST("clause", "a test", "given seen expect") {
    @Override
    boolean looksLike(List<Token> line) {
      return line.size() > 1;
    }
  };

  private final String part;
  private final String block;

  // Copies that nobody changes; Error Prone wants types of a library for that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> words;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Integer> types;

  BlockWords(String part, String block, String words) {
    this.part = part;
    this.block = block;
    this.words = List.of(words.split(" "));
    this.types =
        this.words.stream().map(BlockWords::typeOf).collect(Collectors.toUnmodifiableSet());
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
    return words;
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
  Set<Integer> types() {
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
