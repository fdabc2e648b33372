package dev.depslim.ecosystem.python;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.ListedFiles;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.syntax.JsonCursor;
import dev.depslim.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the packages of conda: one `PREFIX/conda-meta/NAME-VERSION-BUILD.json` each, whose `files`
/// are relative to the prefix. What they need is not looked into.
public final class CondaMeta implements InstalledPackages {
  private static final String FOLDER = "conda-meta";

  @Override
  public boolean wants(String folder, String name) {
    return folder.endsWith(FOLDER) && name.endsWith(".json");
  }

  @Override
  public Result read(ImageFiles files) {
    List<Installed> packages = new ArrayList<>();
    List<Issue> issues = new ArrayList<>();
    for (int folder : files.named(FOLDER::equals)) {
      ListedFiles listed = new ListedFiles(files, files.parent(folder));
      for (int file : files.children(folder)) {
        byte[] content = files.content(file);
        if (content == null) {
          continue;
        }
        try {
          Installed installed = parse(files, file, content, listed);
          if (installed != null) {
            packages.add(installed);
          }
        } catch (SyntaxException e) {
          listed.take();
          issues.add(
              Issue.warning(
                  new Location(files.path(file), e.line(), e.column()),
                  e.getMessage() + "; the package is not counted"));
        }
      }
    }
    return new Result(packages, List.of(), issues);
  }

  private static @Nullable Installed parse(
      ImageFiles files, int file, byte[] content, ListedFiles listed) {
    @Nullable String name = null;
    @Nullable String version = null;
    try (JsonCursor json = JsonCursor.over(content)) {
      for (String field = json.enterObject(); field != null; field = json.nextName()) {
        switch (field) {
          case "name" -> name = json.string();
          case "version" -> version = json.string();
          case "files" -> {
            for (boolean more = json.enterArray(); more; more = json.nextItem()) {
              String path = json.string();
              if (path != null && !path.isEmpty()) {
                listed.add(path);
              }
            }
          }
          default -> json.skip();
        }
      }
    }
    int[] owned = listed.take();
    if (name == null || file == NONE) {
      return null;
    }
    return new Installed(
        Ecosystem.CONDA,
        name,
        version,
        files.path(files.parent(files.parent(file))),
        file,
        null,
        null,
        owned,
        new int[0],
        files.isLive(file) ? Set.of() : Set.of(Trait.REMOVED));
  }
}
