package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a file declares.
///
/// @param path relative to the analysed root
/// @param kind name of the format, such as `package.json` or `requirements.txt`
/// @param name the project's own name, or null
/// @param dependencies in the order of the file
/// @param includes other manifests that this one takes in (`-r`), relative to the analysed root
/// @param constraints files that only constrain versions (`-c`), relative to the analysed root
/// @param workspaces folder globs of workspace members as written, relative to the manifest's
///   folder
/// @param issues what could not be read
public record Manifest(
    String path,
    Ecosystem ecosystem,
    String kind,
    @Nullable String name,
    List<DeclaredDependency> dependencies,
    List<String> includes,
    List<String> constraints,
    List<String> workspaces,
    List<Issue> issues) {
  public Manifest {
    dependencies = List.copyOf(dependencies);
    includes = List.copyOf(includes);
    constraints = List.copyOf(constraints);
    workspaces = List.copyOf(workspaces);
    issues = List.copyOf(issues);
  }
}
