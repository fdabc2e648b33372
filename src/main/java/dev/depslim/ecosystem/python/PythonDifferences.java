package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Manifest;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads a slim form as any manifest is read and says where it does not say what the plan says.
final class PythonDifferences {
  private final ProjectPlan whole;
  private final SlimForm form;
  private final ProjectFiles written;
  private final List<String> out = new ArrayList<>();

  /// Normalised names that the files ask for themselves, not because another package needs them.
  private final Set<String> asked = new HashSet<>();

  /// Those that come from an address, which has no version to compare.
  private final Set<String> addressed = new HashSet<>();

  /// Names that the addresses tell, which may not be those of the packages.
  private final Set<String> guessed = new HashSet<>();

  /// Folders of the user's own.
  private final Set<String> own = new HashSet<>();

  /// The project, or the member of its workspace, that is compared now.
  private ProjectPlan plan;

  PythonDifferences(ProjectPlan plan, SlimForm form, ProjectFiles written) {
    this.whole = plan;
    this.plan = plan;
    this.form = form;
    this.written = written;
  }

  List<String> find() {
    Set<String> named = new TreeSet<>();
    Map<String, Set<String>> versions = new TreeMap<>();
    Map<String, ProjectPlan> parts = new LinkedHashMap<>();
    for (ProjectPlan member : whole.members()) {
      parts.put(PythonSlim.prefix(whole, member), member);
    }
    parts.put("", whole);
    Set<String> seen = new HashSet<>();
    parts.forEach((prefix, part) -> {
      plan = part;
      asked.clear();
      Set<String> here = new TreeSet<>();
      boolean any = false;
      for (SlimFile file : form.files()) {
        if (file.name().startsWith(prefix) && seen.add(file.name())) {
          any |= file.name().endsWith("-minimal.txt");
          read(file.name(), here, versions);
        }
      }
      if (any) {
        compare(here);
      }
      named.addAll(here);
    });
    if (!named.isEmpty() || !form.installs().isEmpty()) {
      installs(named, versions);
    }
    return out;
  }

  private void read(String name, Set<String> named, Map<String, Set<String>> versions) {
    byte[] bytes = written.read(name);
    if (bytes == null) {
      out.add(name + " is not there");
    } else if (name.endsWith("-production.toml")) {
      pyproject(new SourceFile(name, bytes));
    } else if (name.endsWith("-minimal.txt")) {
      requirements(new SourceFile(name, bytes), named, versions);
    }
  }

  private void installs(Set<String> named, Map<String, Set<String>> versions) {
    Map<String, Set<String>> expected = new TreeMap<>();
    for (Installed one : form.installs()) {
      Set<String> of = expected.computeIfAbsent(one.name(), _ -> new TreeSet<>());
      if (one.version() != null) {
        of.add(one.version());
      }
    }
    for (String name : named) {
      if (!expected.containsKey(name) && !own.contains(name)) {
        out.add(name + " is written and nothing asks for it");
      }
    }
    expected.forEach((name, of) -> {
      Set<String> found = versions.getOrDefault(name, Set.of());
      if (!named.contains(name)) {
        out.add(name + " must be installed and is not written");
      } else if (!of.equals(found) && !addressed.contains(name)) {
        out.add(name + " is written as " + found + ", not as " + of);
      }
    });
  }

  private void compare(Set<String> named) {
    for (Decision decision : plan.decisions()) {
      String name = Ecosystem.PYPI.normalize(decision.dependency().name());
      if (stays(decision) && !named.contains(name) && !isOwn(name) && !guessed.contains(name)) {
        out.add(name + " stays in the plan and is not written");
      }
      if (decision.drops() && asked.contains(name)) {
        out.add(name + " is left out by the plan and is written");
      }
    }
  }

  private boolean isOwn(String name) {
    Decision decision = plan.decision(name);
    return decision == null
        || decision.dependency().declarations().stream()
            .anyMatch(one -> one.origin() == Origin.WORKSPACE || one.origin() == Origin.FILE);
  }

  private static boolean stays(Decision decision) {
    if (decision.drops()) {
      return false;
    }
    return decision.verdict().action() == Verdict.Action.MOVE_TO_PROD
        || decision.dependency().declarations().stream()
            .anyMatch(one -> one.scope() == Scope.RUNTIME && one.requiredBy().isEmpty());
  }

  private void requirements(SourceFile file, Set<String> named, Map<String, Set<String>> versions) {
    Manifest manifest = new RequirementsFile().read(file, written);
    issues(manifest);
    for (String include : manifest.includes()) {
      out.add(file.path() + " includes " + include + ", which it should hold");
    }
    for (DeclaredDependency declared : manifest.dependencies()) {
      String name = Ecosystem.PYPI.normalize(declared.name());
      named.add(name);
      if (declared.requiredBy().isEmpty()) {
        asked.add(name);
      }
      if (declared.origin() == Origin.WORKSPACE) {
        own.add(name);
      } else if (declared.origin() != Origin.REGISTRY) {
        addressed.add(name);
      }
      VersionSpecifier specifier = VersionSpecifier.parse(declared.constraint());
      if (specifier != null) {
        for (VersionSpecifier.Clause clause : specifier.clauses()) {
          Version version = Version.parse(clause.version());
          if (clause.operator().startsWith("==") && version != null) {
            versions.computeIfAbsent(name, _ -> new TreeSet<>()).add(version.toString());
          }
        }
      }
    }
    hashes(file);
  }

  private void hashes(SourceFile file) {
    int with = 0;
    int without = 0;
    for (RequirementsEntry entry : RequirementsParser.parse(file, written, Map.of())) {
      if (entry instanceof RequirementsEntry.Package found) {
        if (found.url() != null) {
          guessed.add(Ecosystem.PYPI.normalize(Archives.guess(found.url())));
        }
        if (found.path() != null || found.editable() || found.url() != null) {
          continue; // pip alone refuses these, uv does not
        }
        boolean hashed = !found.options().all("hash").isEmpty();
        with += hashed ? 1 : 0;
        without += hashed ? 0 : 1;
      }
    }
    if (with > 0 && without > 0) {
      out.add(file.path() + " has hashes for " + with + " packages and none for " + without);
    }
  }

  private void issues(Manifest manifest) {
    for (Issue issue : manifest.issues()) {
      boolean known =
          issue.message().contains("there is no such folder")
              || issue.message().contains("is neither a folder")
              || issue.message().contains("is not fetched")
              || issue.message().contains("outside of the analysed folder");
      if (issue.severity() == Severity.ERROR && !known) {
        out.add(issue.location() + ": " + issue.message());
      }
    }
  }

  private void pyproject(SourceFile file) {
    Manifest manifest = new PyprojectToml().read(file, written);
    issues(manifest);
    Set<String> runtime = new HashSet<>();
    for (DeclaredDependency declared : manifest.dependencies()) {
      String name = Ecosystem.PYPI.normalize(declared.name());
      switch (declared.scope()) {
        case RUNTIME -> runtime.add(name);
        case DEV, TEST ->
            out.add(declared.location() + ": " + name + " is still declared for development");
        case BUILD, OPTIONAL, PEER -> {}
      }
      if (declared.scope() != Scope.BUILD && plan.drops(name)) {
        out.add(declared.location() + ": " + name + " is left out by the plan");
      }
    }
    Map<String, String> originals = new HashMap<>();
    for (SlimFile one : form.files()) {
      if (one.replaces() != null) {
        originals.put(one.name(), one.replaces());
      }
    }
    for (Decision decision : plan.decisions()) {
      for (DeclaredDependency declared : decision.dependency().declarations()) {
        String name = Ecosystem.PYPI.normalize(declared.name());
        boolean here = declared.location().path().equals(originals.get(file.path()));
        boolean counts =
            declared.scope() == Scope.RUNTIME
                || decision.verdict().action() == Verdict.Action.MOVE_TO_PROD;
        if (here && counts && !decision.drops() && !runtime.contains(name)) {
          out.add(file.path() + ": " + name + " stays in the plan and is not declared");
        }
      }
    }
  }
}
