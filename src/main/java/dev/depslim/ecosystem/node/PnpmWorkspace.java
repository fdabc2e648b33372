package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Manifest;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import dev.depslim.syntax.Yaml;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `pnpm-workspace.yaml`: the members of a workspace of pnpm, and the catalogs and overrides that
/// they share (pnpm's documentation of pnpm-workspace.yaml). It declares no dependency itself.
public final class PnpmWorkspace implements ManifestReader {
  private static final String KIND = "pnpm-workspace.yaml";

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.NPM;
  }

  @Override
  public boolean reads(String path) {
    return path.equals(KIND) || path.endsWith("/" + KIND);
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    List<Issue> issues = new ArrayList<>();
    List<String> members = new ArrayList<>();
    try {
      read(file.path(), Yaml.parse(file.bytes()), members, issues);
    } catch (SyntaxException e) {
      issues.add(
          Issue.error(
              new Location(file.path(), e.line(), e.column()),
              "not valid YAML, pnpm refuses it as well: " + e.getMessage() + "; mend it"));
    }
    return new Manifest(
        file.path(), Ecosystem.NPM, KIND, null, List.of(), List.of(), List.of(), members, issues);
  }

  private static void read(String path, Tree tree, List<String> members, List<Issue> issues) {
    if (!(tree instanceof Tree.Mapping root)) {
      issues.add(
          Issue.error(at(path, tree), "expected a mapping, such as \"packages:\" and a list"));
      return;
    }
    for (Tree.Member member : root.overridden()) {
      issues.add(
          Issue.error(
              new Location(path, member.line(), member.column()),
              "\"" + member.name() + "\" stands here and again below: remove one of them"));
    }
    packages(path, value(root, "packages"), members, issues);
    specs(path, "catalog", value(root, "catalog"), issues);
    specs(path, "overrides", value(root, "overrides"), issues);
    Tree catalogs = value(root, "catalogs");
    if (catalogs instanceof Tree.Mapping named) {
      named.members().forEach(one -> specs(path, one.name(), one.value(), issues));
    } else if (catalogs != null) {
      issues.add(Issue.error(at(path, catalogs), "\"catalogs\" must be a mapping of catalogs"));
    }
  }

  private static void packages(
      String path, @Nullable Tree value, List<String> members, List<Issue> issues) {
    if (value instanceof Tree.Sequence globs) {
      for (Tree item : globs.items()) {
        if (item instanceof Tree.Scalar glob) {
          members.add(glob.text());
        } else {
          issues.add(Issue.error(at(path, item), "a package must be a glob, such as \"apps/*\""));
        }
      }
    } else if (value != null) {
      issues.add(Issue.error(at(path, value), "\"packages\" must be a list of folders"));
    }
  }

  /// Names and versions.
  private static void specs(String path, String section, @Nullable Tree value, List<Issue> issues) {
    if (value instanceof Tree.Mapping rows) {
      for (Tree.Member row : rows.members()) {
        if (!(row.value() instanceof Tree.Scalar)) {
          issues.add(
              Issue.error(
                  at(path, row.value()),
                  "the version of \"" + row.name() + "\" must be a text, such as \"^1.2.3\""));
        }
      }
    } else if (value != null) {
      issues.add(
          Issue.error(
              at(path, value), "\"" + section + "\" must be a mapping of names and versions"));
    }
  }

  /// The value of a key; null where it is missing or empty.
  private static @Nullable Tree value(Tree.Mapping root, String key) {
    Tree value = root.get(key);
    return value instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.NULL ? null : value;
  }

  private static Location at(String path, Tree tree) {
    return new Location(path, tree.line(), tree.column());
  }
}
