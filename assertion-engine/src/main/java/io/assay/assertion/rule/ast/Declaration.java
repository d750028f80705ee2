package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the top of a file.
 *
 * <p>A declaration is {@code damaged} where a part of it could not be read. What was read is kept,
 * so that others may refer to it, and what seems missing in it is not reported again.
 */
public sealed interface Declaration {
  Name name();

  Span span();

  /**
   * @param reads the embeddings that it is built on
   */
  record ModelDecl(
      Name name, @Nullable Text title, @Nullable Text owner, List<Name> reads, Span span)
      implements Declaration {
    public ModelDecl {
      reads = List.copyOf(reads);
    }
  }

  record ParamDecl(Name name, Expr value, Span span) implements Declaration {}

  record StreamDecl(Name name, Text topic, List<StreamItem> items, boolean damaged, Span span)
      implements Declaration {
    public StreamDecl {
      items = List.copyOf(items);
    }
  }

  /** The vectors of items, release by release. */
  record EmbeddingsDecl(
      Name name,
      Text topic,
      @Nullable FieldDecl item,
      @Nullable FieldDecl version,
      @Nullable FieldDecl time,
      @Nullable Integer dimensions,
      boolean damaged,
      Span span)
      implements Declaration {}

  /**
   * @param unread the words of the parts that could not be read: names that those declare are among
   *     them
   */
  record AssertionDecl(
      Name name,
      Name stream,
      @Nullable Text description,
      List<Clause> clauses,
      boolean damaged,
      Set<String> unread,
      Span span)
      implements Declaration {
    public AssertionDecl {
      clauses = List.copyOf(clauses);
      unread = Set.copyOf(unread);
    }
  }

  /** Where alerts go, how they are grouped, and how often one that stays open is sent again. */
  record RouteDecl(
      Name name,
      List<Target> targets,
      List<Name> groupBy,
      @Nullable Expr repeat,
      boolean damaged,
      Span span)
      implements Declaration {
    public RouteDecl {
      targets = List.copyOf(targets);
      groupBy = List.copyOf(groupBy);
    }

    public record Target(Name kind, Text address) {}
  }

  /** A test of the assertion {@code name}. */
  record TestDecl(
      Name name,
      Text title,
      List<Given> given,
      List<Text> seen,
      List<Expectation> expected,
      boolean damaged,
      Span span)
      implements Declaration {
    public TestDecl {
      given = List.copyOf(given);
      seen = List.copyOf(seen);
      expected = List.copyOf(expected);
    }
  }
}
