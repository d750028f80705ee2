package io.assay.stream.app;

import io.assay.embedded.RecordingAuthorizer.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of docs/kafka-acls.md, as rights that can be granted. */
final class AclPage {
  private static final Path PAGE =
      Path.of(System.getProperty("assay.root", "..")).resolve("docs/kafka-acls.md");

  private final List<Right> rights;

  /** One operation on topics, groups or transactional ids that one name means. */
  record Right(
      String who, ResourceType type, List<String> names, PatternType pattern, AclOperation what) {
    Right {
      names = List.copyOf(names);
    }

    private Stream<AclBinding> bindings(String user) {
      return names.stream()
          .map(
              name ->
                  new AclBinding(
                      new ResourcePattern(type, name, pattern),
                      new AccessControlEntry("User:" + user, "*", what, AclPermissionType.ALLOW)));
    }

    boolean allows(Asked asked) {
      return asked.type() == type
          && names.stream().anyMatch(name -> isMeant(name, asked.name()))
          && (asked.operation() == what || implied(what).contains(asked.operation()));
    }

    private boolean isMeant(String name, String asked) {
      return pattern == PatternType.PREFIXED ? asked.startsWith(name) : asked.equals(name);
    }

    /** As Kafka's authorizer has it. */
    private static Set<AclOperation> implied(AclOperation what) {
      return switch (what) {
        case READ, WRITE, DELETE, ALTER -> EnumSet.of(AclOperation.DESCRIBE);
        case ALTER_CONFIGS -> EnumSet.of(AclOperation.DESCRIBE_CONFIGS);
        default -> EnumSet.noneOf(AclOperation.class);
      };
    }
  }

  private AclPage(List<Right> rights) {
    this.rights = List.copyOf(rights);
  }

  /** {@code words}: what stands for the words in capitals. */
  static AclPage read(Map<String, List<String>> words) throws IOException {
    var rights = new ArrayList<Right>();
    boolean inTable = false;
    for (String line : Files.readAllLines(PAGE)) {
      inTable = line.startsWith("| who | what for |") || (inTable && line.startsWith("|"));
      if (inTable && !line.startsWith("| who") && !line.startsWith("|---")) {
        addRow(line, words, rights);
      }
    }
    return new AclPage(rights);
  }

  private static void addRow(String line, Map<String, List<String>> words, List<Right> rights) {
    String[] cells = line.substring(1).split("\\|");
    ResourceType type = ResourceType.fromString(constant(cells[2]));
    String name = cells[3].strip().replace("`", "");
    for (String operation : cells[5].split(",")) {
      rights.add(
          new Right(
              cells[0].strip(),
              type,
              names(name, words),
              PatternType.fromString(constant(cells[4])),
              AclOperation.fromString(constant(operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_")))));
    }
  }

  private static String constant(String cell) {
    return cell.strip().replace(' ', '_').toUpperCase(Locale.ROOT);
  }

  private static List<String> names(String name, Map<String, List<String>> words) {
    for (Map.Entry<String, List<String>> word : words.entrySet()) {
      if (name.contains(word.getKey())) {
        return word.getValue().stream().map(one -> name.replace(word.getKey(), one)).toList();
      }
    }
    return List.of(name);
  }

  /** In the order of the page. */
  List<String> everybody() {
    return rights.stream().map(Right::who).distinct().toList();
  }

  List<AclBinding> bindings(String who, String user) {
    return rights.stream()
        .filter(right -> right.who().equals(who))
        .flatMap(right -> right.bindings(user))
        .toList();
  }

  /** Rights without which nothing would have been denied of what was asked. */
  @SuppressWarnings("ReferenceEquality") // of a line that stands there twice one is needless
  List<Right> needless(String who, List<Asked> asked) {
    List<Right> own = rights.stream().filter(right -> right.who().equals(who)).toList();
    return own.stream()
        .filter(
            right ->
                asked.stream()
                    .filter(Asked::allowed)
                    .filter(right::allows)
                    .allMatch(
                        one -> own.stream().anyMatch(other -> other != right && other.allows(one))))
        .toList();
  }
}
