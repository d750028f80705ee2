package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** What could have stood at a place, in the words of the language. */
final class WantedWords {
  private final IntervalSet expected;
  private final ParserRuleContext rules;
  private final boolean anyName;
  private final boolean anyType;
  private final boolean expression;
  private final boolean amount;

  private WantedWords(IntervalSet expected, ParserRuleContext rules) {
    this.expected = expected;
    this.rules = rules;
    this.anyName = expected.contains(AssayLexer.IDENT);
    this.anyType = expected.contains(AssayLexer.TYPE_NAME);
    this.expression = anyName && expected.contains(AssayLexer.LBRACKET);
    this.amount = anyName && expected.contains(AssayLexer.QUANTITY);
  }

  static List<String> of(IntervalSet expected, ParserRuleContext rules) {
    return new WantedWords(expected, rules).wanted();
  }

  private List<String> wanted() {
    var wanted = new ArrayList<String>();
    if (expression) {
      wanted.add("an expression");
    } else if (amount) {
      wanted.add("a number, a duration or a parameter");
    } else if (anyName && expected.contains(AssayLexer.RBRACE)) {
      wanted.add("a field");
    } else if (anyType && expected.contains(AssayLexer.LBRACE)) {
      wanted.add("a type");
    } else if (anyName) {
      wanted.add("a name");
    }
    for (int type : expected.toList()) {
      if (!isTold(type)) {
        String word = word(type);
        if (!wanted.contains(word)) {
          wanted.add(word);
        }
      }
    }
    return wanted;
  }

  private boolean isTold(int type) {
    boolean aWord = type >= AssayLexer.TRUE && type <= AssayLexer.QUOTED_IDENT;
    boolean sign = type >= AssayLexer.RANGE && type <= AssayLexer.PERCENT;
    boolean operator = (sign && type != AssayLexer.RBRACE) || type == AssayLexer.IN;
    return ((anyName || anyType) && aWord)
        || (expression && !aWord)
        || (expected.contains(AssayLexer.STAR) && operator)
        || amount
        || (anyType && type == AssayLexer.LBRACE)
        || type == Token.EOF;
  }

  private String word(int type) {
    return switch (type) {
      case AssayLexer.STRING -> "a text in quotes";
      case AssayLexer.INT -> "a whole number";
      case AssayLexer.DOUBLE -> "a number";
      case AssayLexer.QUANTITY -> "a number with a unit";
      case AssayLexer.QUOTED_IDENT -> "a name";
      case AssayLexer.LESS -> "'less than'";
      case AssayLexer.AT -> at();
      case AssayLexer.AS -> "'as of'";
      default -> AssayLexer.VOCABULARY.getDisplayName(type);
    };
  }

  private String at() {
    int rule = rules.getRuleIndex();
    boolean most =
        rule == AssayParser.RULE_silenceClause
            || rule == AssayParser.RULE_transitionsClause
            || rule == AssayParser.RULE_changeClause
            || rule == AssayParser.RULE_returnsClause
            || rule == AssayParser.RULE_joinClause
            || rule == AssayParser.RULE_sampleClause;
    boolean least = rule == AssayParser.RULE_presentInClause;
    return most ? "'at most'" : least ? "'at least'" : "'at'";
  }
}
