package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Manifest;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A manifest in TOML, and what is wrong with it: the part that can be read counts.
final class TomlManifest {
  private final String path;
  private final Tree.Mapping root;
  private final List<Issue> issues;

  private TomlManifest(String path, Tree.Mapping root, List<Issue> issues) {
    this.path = path;
    this.root = root;
    this.issues = issues;
  }

  static TomlManifest read(SourceFile file) {
    List<Issue> issues = new ArrayList<>();
    Tree.Mapping root = new Tree.Mapping(List.of(), 1, 1);
    try {
      Toml.Document document = Toml.read(file.bytes());
      root = document.root();
      document.problems().forEach(problem -> issues.add(issue(file.path(), problem)));
    } catch (SyntaxException e) {
      issues.add(issue(file.path(), e));
    }
    return new TomlManifest(file.path(), root, issues);
  }

  private static Issue issue(String path, SyntaxException problem) {
    return Issue.error(
        new Location(path, problem.line(), problem.column()),
        "this is no valid TOML: " + problem.getMessage());
  }

  Tree.Mapping root() {
    return root;
  }

  void problem(Tree at, String message) {
    issues.add(Issue.error(at(at), message));
  }

  void problem(Tree.Member at, String message) {
    issues.add(Issue.error(at(at), message));
  }

  /// @param offset of the mistake behind the beginning of the value
  void problem(Tree at, int offset, String message) {
    issues.add(Issue.error(new Location(path, at.line(), at.column() + offset), message));
  }

  Location at(Tree tree) {
    return new Location(path, tree.line(), tree.column());
  }

  Location at(Tree.Member member) {
    return new Location(path, member.line(), member.column());
  }

  Manifest manifest(
      String kind,
      @Nullable String name,
      List<DeclaredDependency> dependencies,
      List<String> includes,
      List<String> workspaces) {
    return new Manifest(
        path, Ecosystem.PYPI, kind, name, dependencies, includes, List.of(), workspaces, issues);
  }
}
