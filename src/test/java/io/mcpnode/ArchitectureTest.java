package io.mcpnode;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The house: which package may import which. The arrows are those of the README's map of the code.
 */
class ArchitectureTest {

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.mcpnode");

  /** Package → the packages of ours it may import, apart from itself. */
  private static final Map<String, List<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("api", List.of()),
              Map.entry("config", List.of()),
              Map.entry("protocol", List.of()),
              Map.entry("feature", List.of("api", "protocol")),
              Map.entry("wire", List.of()),
              Map.entry("membership", List.of("wire")),
              Map.entry("partition", List.of("membership", "wire")),
              Map.entry("call", List.of("membership", "wire")),
              Map.entry("state", List.of("wire", "protocol")),
              Map.entry("replication", List.of("state", "membership", "partition", "wire")),
              Map.entry(
                  "affinity", List.of("replication", "partition", "membership", "state", "wire")),
              Map.entry("trace", List.of("wire")),
              Map.entry("monitor", List.of("affinity", "partition", "membership", "wire")),
              Map.entry(
                  "names", List.of("replication", "partition", "membership", "state", "wire")),
              Map.entry(
                  "server",
                  List.of("affinity", "feature", "state", "protocol", "membership", "wire", "api")),
              Map.entry(
                  "http",
                  List.of(
                      "server",
                      "trace",
                      "monitor",
                      "affinity",
                      "call",
                      "partition",
                      "membership",
                      "state",
                      "protocol",
                      "wire"))));

  static List<String> packages() {
    return List.copyOf(ARROWS.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyWhatItsArrowsAllow(String name) {
    // The record of settings is for everybody.
    List<String> allowed =
        ARROWS.get(name).stream().map(other -> "io.mcpnode." + other + "..").toList();
    String[] forbidden =
        ARROWS.keySet().stream()
            .map(other -> "io.mcpnode." + other + "..")
            .filter(other -> !allowed.contains(other) && !other.equals("io.mcpnode." + name + ".."))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("io.mcpnode." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(CODE);
    noClasses()
        .that()
        .resideInAPackage("io.mcpnode." + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.mcpnode")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.describe(
                        "the composition root",
                        (JavaClass c) -> !c.getName().startsWith("io.mcpnode.NodeConfig"))))
        .allowEmptyShould(true)
        .check(CODE);
  }

  @Test
  void everyPackageHasItsArrows() {
    assertThat(CODE.stream().map(JavaClass::getPackageName).distinct())
        .allMatch(
            name ->
                name.equals("io.mcpnode")
                    || ARROWS.keySet().stream()
                        .anyMatch(known -> name.startsWith("io.mcpnode." + known)),
            Arrays.toString(ARROWS.keySet().toArray()));
  }

  @Test
  void onlyWireTouchesTheEventBus() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.mcpnode.wire..", "io.mcpnode")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.core.eventbus..")
        .allowEmptyShould(true)
        .check(CODE);
  }

  @Test
  void hazelcastIsKnownToMembershipAndReplicationAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.mcpnode.membership..", "io.mcpnode.replication..", "io.mcpnode")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.hazelcast..")
        .allowEmptyShould(true)
        .check(CODE);
  }

  @Test
  void theProtocolIsPure() {
    classes()
        .that()
        .resideInAnyPackage("io.mcpnode.protocol..")
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("io.mcpnode.protocol..")
                .or(resideInAPackage("com.fasterxml.jackson.."))
                .or(resideInAPackage("org.jspecify.."))
                .or(resideInAPackage("java.."))
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAPackage("java.net.http..")))
                .and(alwaysTrue()))
        .allowEmptyShould(true)
        .check(CODE);
  }

  @Test
  void whatToolAuthorsSeeDependsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("io.mcpnode.api..")
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("io.mcpnode.api..")
                .or(resideInAPackage("java.."))
                .or(resideInAPackage("org.jspecify..")))
        .check(CODE);
  }
}
