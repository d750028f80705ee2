package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.RuleFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From rule texts to checked rules. Pure: the same texts and parameters give the same rules, hashes
 * and issues.
 *
 * <p>All files form one set of names. Whatever is wrong in any of them comes back at once.
 */
public final class RuleCompiler {
  private static final Set<IssueCode> MISSES_A_NAME =
      Set.of(
          IssueCode.UNKNOWN_STREAM,
          IssueCode.UNKNOWN_NAME,
          IssueCode.UNKNOWN_ASSERTION,
          IssueCode.UNKNOWN_ROUTE,
          IssueCode.UNKNOWN_MODEL);

  /** Worked out from all files. */
  private static final Set<IssueCode> WANTS_ALL =
      Set.of(IssueCode.UNKNOWN_PARAMETER, IssueCode.UNUSED_STREAM);

  /** Warnings that are worked out from all of a declaration. */
  private static final Set<IssueCode> CONCLUSIONS =
      Set.of(
          IssueCode.CONSTANT_CONDITION,
          IssueCode.NEGATIVE_SEVERITY,
          IssueCode.NEVER_VIOLATED,
          IssueCode.NOT_OF_ELEMENT);

  private final Function<String, Optional<String>> owner;

  /** For rules that may name any topic but the broker's own. */
  public RuleCompiler() {
    this(topic -> Optional.empty());
  }

  /**
   * @param owner whose a topic is that the rules may not name, as in {@code Assay itself}
   */
  public RuleCompiler(Function<String, Optional<String>> owner) {
    this.owner = owner;
  }

  public Compilation compile(List<SourceFile> sources) {
    return compile(sources, Map.of());
  }

  /**
   * @param overrides values for {@code param}s by name, as they would be written in a rule: {@code
   *     T -> 4}
   */
  public Compilation compile(List<SourceFile> sources, Map<String, String> overrides) {
    var log = new IssueLog();
    var books = new ArrayList<UsualBook>();
    log.during(() -> books.add(UsualBook.of(sources, log)));
    return compile(sources, overrides, books.getFirst(), log);
  }

  /** Rules from which it can be learned what is usual: {@code unusual(x)} is 0 in them. */
  public Compilation compileToLearn(List<SourceFile> sources, Map<String, String> overrides) {
    return compile(sources, overrides, UsualBook.toBeLearned(), new IssueLog());
  }

  private Compilation compile(
      List<SourceFile> sources, Map<String, String> overrides, UsualBook book, IssueLog log) {
    log.during(() -> ExtensionOverloads.installed().issues().forEach(log));
    var files = new ArrayList<RuleFile>();
    for (SourceFile source : sources) {
      log.during(() -> files.add(RuleParser.parse(source, log)));
    }
    var rules = new ArrayList<CheckedRules>();
    boolean allRead = log.allRead();
    if (!files.isEmpty()) {
      var topics = new TopicChecker(owner, log);
      String hash = Sha256.ofTexts(sources.stream().flatMap(RuleCompiler::texts).toList());
      log.during(
          () -> rules.add(new RuleSetChecker(files, overrides, book, log).check(hash, topics)));
    }
    List<Issue> issues = log.issues();
    issues.removeIf(issue -> allRead ? isUnread(issue, files, sources) : mayMiss(issue));
    issues.removeIf(rash(issues, files));
    issues.sort(order(sources));
    boolean refused = issues.stream().anyMatch(Issue::isError);
    return new Compilation(refused ? Optional.empty() : rules.stream().findFirst(), issues);
  }

  /** What is usual belongs to the document. */
  private static Stream<String> texts(SourceFile source) {
    return Stream.concat(Stream.of(source.text()), source.usual().stream());
  }

  /** Whether it may be for want of a file that could not be read. */
  private static boolean mayMiss(Issue issue) {
    return MISSES_A_NAME.contains(issue.code()) || WANTS_ALL.contains(issue.code());
  }

  /** Whether it misses a name that a declaration which could not be read may declare. */
  private static boolean isUnread(Issue issue, List<RuleFile> files, List<SourceFile> sources) {
    if (!MISSES_A_NAME.contains(issue.code())) {
      return false;
    }
    Span span = issue.span();
    Optional<String> name =
        sources.stream()
            .filter(s -> s.name().equals(span.source()) && s.text().length() >= span.end())
            .map(s -> s.text().substring(span.start(), span.end()))
            .findFirst();
    return name.isPresent() && files.stream().anyMatch(file -> file.unread().contains(name.get()));
  }

  /** Whether it is concluded from a declaration that has mistakes, and may go with them. */
  private static Predicate<Issue> rash(List<Issue> issues, List<RuleFile> files) {
    List<Span> wrong = issues.stream().filter(Issue::isError).map(Issue::span).toList();
    Set<Span> damaged =
        files.stream()
            .flatMap(file -> file.declarations().stream())
            .map(Declaration::span)
            .filter(span -> wrong.stream().anyMatch(span::contains))
            .collect(Collectors.toSet());
    return issue ->
        CONCLUSIONS.contains(issue.code())
            && damaged.stream().anyMatch(span -> span.contains(issue.span()));
  }

  private static Comparator<Issue> order(List<SourceFile> sources) {
    Map<String, Integer> place = new HashMap<>();
    sources.forEach(source -> place.putIfAbsent(source.name(), place.size()));
    return Comparator.<Issue>comparingInt(i -> place.getOrDefault(i.span().source(), -1))
        .thenComparing(i -> i.code() == IssueCode.TOO_MUCH)
        .thenComparingInt(i -> i.span().start());
  }
}
