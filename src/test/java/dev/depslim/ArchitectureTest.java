package dev.depslim;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the table of `docs/architecture.md`: rooms, and which room may use which.
class ArchitectureTest {
  private static final String ROOT = "dev.depslim";

  /// Room → the rooms that it may use. `*` is every room.
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("", Set.of("cli")),
          Map.entry("cli", Set.of("*")),
          Map.entry(
              "analysis", Set.of("project", "image", "findings", "verdict", "graph", "model")),
          Map.entry(
              "project", Set.of("ecosystem", "dockerfile", "usage", "classify", "graph", "model")),
          Map.entry("usage", Set.of("ecosystem", "dockerfile", "model", "syntax")),
          Map.entry(
              "image",
              Set.of("image.source", "image.layer", "ecosystem", "classify", "graph", "model")),
          Map.entry("image.source", Set.of("engine", "image.layer", "net", "syntax", "model")),
          Map.entry("image.layer", Set.of("model")),
          Map.entry("engine", Set.of("model", "syntax")),
          Map.entry("dockerfile", Set.of("ecosystem", "model", "syntax")),
          Map.entry("minimize", Set.of("ecosystem", "dockerfile", "graph", "process", "model")),
          Map.entry("compare", Set.of("image", "engine", "process", "model")),
          Map.entry("net", Set.of("model")),
          Map.entry("process", Set.of("model")),
          Map.entry("ecosystem", Set.of("model", "syntax")),
          Map.entry("ecosystem.*", Set.of("ecosystem", "graph", "net", "model", "syntax")),
          Map.entry("classify", Set.of("model", "syntax")),
          Map.entry("verdict", Set.of("model")),
          Map.entry("findings", Set.of("graph", "model")),
          Map.entry("policy", Set.of("model", "syntax")),
          Map.entry("report", Set.of("model", "syntax")),
          Map.entry("graph", Set.of("model")),
          Map.entry("syntax", Set.of()),
          Map.entry("model", Set.of()));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void everyRoomUsesOnlyItsRow() {
    List<String> breaches = new ArrayList<>();
    for (JavaClass from : CLASSES) {
      String room = room(from.getPackageName());
      Set<String> allowed = MAY_USE.get(row(room));
      assertTrue(allowed != null, "no row in the table for the room '" + room + "'");
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
          .filter(name -> name.equals(ROOT) || name.startsWith(ROOT + "."))
          .map(ArchitectureTest::room)
          .filter(target -> !target.equals(room))
          .filter(target -> !allowed.contains("*") && !allowed.contains(row(target)))
          .distinct()
          .forEach(target -> breaches.add(from.getName() + " uses " + target));
    }
    assertEquals(List.of(), breaches);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void libraryFencesHold() {
    fence("picocli..", "cli");
    fence("com.fasterxml.jackson..", "syntax");
    fence("org.yaml..", "syntax");
    fence("com.github.dockerjava..", "engine");
    fence("java.net.http..", "net");
  }

  private static void fence(String library, String room) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + room + "..")
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheProgramItselfTouchesTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".Depslim")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.IO")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".process..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".net..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.net.URLConnection.class)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> packages =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String name : packages) {
      JavaClass info =
          CLASSES.stream()
              .filter(c -> c.getName().equals(name + ".package-info"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(name + " has no package-info.java"));
      assertTrue(info.isAnnotatedWith(NullMarked.class), name + " is not @NullMarked");
    }
  }

  @Test
  void thereIsAHouseToLookAt() {
    assertTrue(CLASSES.size() > FLOOR, "only " + CLASSES.size() + " classes were imported");
    classes().should().resideInAPackage(ROOT + "..").check(CLASSES);
  }

  /// Raised now and then, so that the rules above cannot pass on nothing.
  private static final int FLOOR = 30;

  @Test
  void theTableOfTheDocumentsNamesEveryRoom() throws Exception {
    String table = Files.readString(Path.of("docs/architecture.md"));
    Map<String, String> missing = new TreeMap<>();
    try (Stream<JavaClass> all = CLASSES.stream()) {
      all.map(c -> room(c.getPackageName()))
          .filter(room -> !room.isEmpty())
          .map(
              room -> row(room).equals("ecosystem.*") ? room.substring(10) : room.replace('.', '/'))
          .filter(room -> !table.contains("`" + room + "/`"))
          .forEach(room -> missing.put(room, "not in docs/architecture.md"));
    }
    assertEquals(Map.of(), missing);
  }

  private static String room(String packageName) {
    return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
  }

  private static String row(String room) {
    return room.startsWith("ecosystem.") ? "ecosystem.*" : room;
  }
}
