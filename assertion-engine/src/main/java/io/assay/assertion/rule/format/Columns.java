package io.assay.assertion.rule.format;

import io.assay.assertion.rule.AssayParser;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Where the names and the types of streams begin. */
final class Columns {
  private static final int EMBEDDING_WORDS = 11;
  private static final int BEHIND_WORDS = 3;
  private static final int SHORTEST_WORD = 4;
  private static final int NAMES = 12;
  private static final int MOST = 40;

  private Columns() {}

  /** The child that stands in the column of names; -1 if there is none. */
  static int named(ParseTree item) {
    return item.getChild(0) instanceof TerminalNode && !isField(item) ? 1 : -1;
  }

  /** The child that stands in the column of types; -1 if there is none. */
  static int typed(ParseTree item) {
    return switch (item) {
      case AssayParser.ModelItemContext ignored -> -1;
      case AssayParser.SizeItemContext ignored -> -1;
      case AssayParser.LatenessItemContext ignored -> -1;
      case AssayParser.ServingItemContext ignored -> -1;
      default -> isField(item) ? 1 : 2;
    };
  }

  private static boolean isField(ParseTree item) {
    return item instanceof AssayParser.FieldItemContext;
  }

  /** Of all streams of a file: they look alike. */
  static int names(AssayParser.FileContext file) {
    int longest = SHORTEST_WORD;
    for (AssayParser.DeclarationContext declaration : file.declaration()) {
      if (declaration.streamDecl() != null) {
        for (AssayParser.StreamItemContext item : declaration.streamDecl().streamItem()) {
          ParseTree inner = item.getChild(0);
          boolean aligned =
              !isField(inner) && item.sliceItem() == null && item.featuresItem() == null;
          longest = Math.max(longest, aligned ? inner.getChild(0).getText().length() : 0);
        }
      }
    }
    return ClauseLayout.INDENT + longest + BEHIND_WORDS;
  }

  static int embeddingNames() {
    return ClauseLayout.INDENT + EMBEDDING_WORDS;
  }

  /** Of one stream; a name too long to move all others is followed by a space. */
  static int types(int names, List<? extends ParserRuleContext> items) {
    int furthest = names + NAMES;
    for (ParserRuleContext item : items) {
      furthest = Math.max(furthest, furthest(names, item, 0));
    }
    return Math.min(furthest, names + MOST);
  }

  private static int furthest(int names, ParseTree tree, int depth) {
    int furthest = 0;
    for (int i = 0; i < tree.getChildCount(); i++) {
      ParseTree child = tree.getChild(i);
      if (child instanceof ParserRuleContext) {
        boolean block =
            tree instanceof AssayParser.FeaturesItemContext
                || tree instanceof AssayParser.RecordListTypeContext
                || tree instanceof AssayParser.RecordTypeContext;
        furthest = Math.max(furthest, furthest(names, child, block ? depth + 1 : depth));
      }
    }
    int name = nameWidth(tree);
    int from = isField(tree) ? ClauseLayout.INDENT * (depth + 1) : names;
    return name == 0 ? furthest : Math.max(furthest, from + name + 2);
  }

  /** Of a name that is followed by a type. */
  private static int nameWidth(ParseTree tree) {
    int typed =
        switch (tree) {
          case AssayParser.FieldItemContext ignored -> 1;
          case AssayParser.KeyItemContext ignored -> 2;
          case AssayParser.IdItemContext ignored -> 2;
          case AssayParser.TimeItemContext ignored -> 2;
          case AssayParser.TruthItemContext ignored -> 2;
          case AssayParser.MediaItemContext ignored -> 2;
          case AssayParser.ImputeItemContext ignored -> 2;
          case AssayParser.EmbeddingsItemContext c when c.type() != null -> 2;
          default -> -1;
        };
    return typed > 0 && typed < tree.getChildCount()
        ? tree.getChild(typed - 1).getText().length()
        : 0;
  }
}
