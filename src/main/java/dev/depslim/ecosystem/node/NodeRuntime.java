package dev.depslim.ecosystem.node;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.ListedFiles;
import dev.depslim.model.Ecosystem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds Node itself where its archive was unpacked to a prefix, as the official images do:
/// `PREFIX/bin/node` with `PREFIX/include/node`.
public final class NodeRuntime implements InstalledPackages {
  private static final Pattern PART =
      Pattern.compile("#define NODE_(MAJOR|MINOR|PATCH)_VERSION (\\d+)");

  private static final List<String> FOLDERS = List.of("include/node", "share/doc/node");

  private static final List<String> FILES =
      List.of(
          "CHANGELOG.md",
          "LICENSE",
          "README.md",
          "share/man/man1/node.1",
          "share/systemtap/tapset/node.stp");

  @Override
  public boolean wants(String folder, String name) {
    return name.equals("node_version.h") && folder.endsWith("include/node");
  }

  @Override
  public Result read(ImageFiles files) {
    List<Installed> found = new ArrayList<>();
    for (int file : files.named("node"::equals)) {
      int folder = files.parent(file);
      String path = files.path(folder);
      if (files.isFile(file)
          && files.name(folder).equals("bin")
          && !path.contains(NodeModules.FOLDER + "/")) {
        found.add(at(files, file, files.parent(folder)));
      }
    }
    return new Result(found, List.of(), List.of());
  }

  private static Installed at(ImageFiles files, int program, int prefix) {
    ListedFiles owned = new ListedFiles(files, prefix);
    owned.add(program);
    List<Integer> folders = new ArrayList<>();
    int header = files.find(prefix, "include/node/node_version.h");
    if (header != NONE) {
      FILES.forEach(owned::add);
    }
    for (String path : FOLDERS) {
      int folder = files.find(prefix, path);
      if (folder != NONE) {
        folders.add(folder);
      }
    }
    return new Installed(
        Ecosystem.GENERIC,
        "node",
        version(header == NONE ? null : files.content(header)),
        files.path(prefix),
        program,
        null,
        true,
        owned.take(),
        folders.stream().mapToInt(Integer::intValue).toArray(),
        files.isLive(program) ? Set.of() : Set.of(Trait.REMOVED));
  }

  private static @Nullable String version(byte @Nullable [] header) {
    if (header == null) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(new String(header, StandardCharsets.UTF_8));
    while (part.find() && parts.size() < 3) {
      parts.add(part.group(2));
    }
    return parts.size() == 3 ? String.join(".", parts) : null;
  }
}
