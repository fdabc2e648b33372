package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.node.LockValidation.Problem;
import dev.depslim.syntax.JsonObject;
import dev.depslim.syntax.JsonText;
import dev.depslim.syntax.SyntaxException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why `npm ci` would refuse a lock beside the manifests as they lie there.
///
/// @param folders of the project and the user's folders, relative to that of the lock
/// @param absent members of the workspace that the lock does not know
record NpmRefusals(
    NodeLock lock, ProjectFiles files, Collection<String> folders, List<String> absent) {

  /// The reasons, but for members that are absent, for peers of packages (a flag such as
  /// `--legacy-peer-deps` decides on those) and for their optional requirements (npm 7 to 9 accept
  /// a lock without them, and write such locks).
  List<Problem> of(SourceFile file) {
    NpmTree.Entries entries = new NpmTree.Entries(metas());
    try {
      if (!JsonText.members(file.bytes(), "packages", entries::add)) {
        return List.of();
      }
    } catch (SyntaxException _) {
      return List.of();
    }
    String folder = lock.folder().isEmpty() ? "" : lock.folder() + "/";
    NpmTree tree = NpmTree.of(entries, NpmSettings.of(files, folder));
    return LockValidation.of(tree).stream().filter(problem -> !isTolerated(tree, problem)).toList();
  }

  private Map<String, NpmMeta> metas() {
    Map<String, NpmMeta> metas = new LinkedHashMap<>();
    for (String folder : folders) {
      byte[] bytes =
          absent.contains(folder)
              ? null
              : files.read(OwnPackages.resolve(lock.folder(folder), "package.json"));
      JsonObject manifest = bytes == null ? null : parse(bytes);
      if (manifest != null) {
        metas.put(folder, NpmMeta.of(manifest));
      }
    }
    return metas;
  }

  private static @Nullable JsonObject parse(byte[] bytes) {
    try {
      return JsonText.parse(bytes).root() instanceof JsonObject object ? object : null;
    } catch (SyntaxException _) {
      return null;
    }
  }

  private static boolean isTolerated(NpmTree tree, Problem problem) {
    NpmNode from = tree.at(problem.from());
    NpmEdge edge = from == null ? null : from.edge(problem.name());
    return edge != null
        && (edge.type == NpmEdge.Type.PEER || edge.type == NpmEdge.Type.OPTIONAL)
        && Locations.isInModules(problem.from());
  }

  /// Says a reason, without the name that it is about.
  static String text(Problem problem, String manifest) {
    String by = problem.requirer() == null ? manifest : problem.requirer();
    String wanted = problem.wanted().isEmpty() ? "any version" : problem.wanted();
    return switch (problem.rule()) {
      case MISSING -> by + " asks for " + wanted + ", and the lock has none";
      case INVALID, PEER_LOCAL ->
          by + " asks for " + wanted + ", and the lock has " + problem.locked();
      case OVERRIDE ->
          "it is overridden with " + wanted + ", and " + by + " itself asks for another";
      case REFERENCE ->
          "it is overridden with " + wanted + ", which " + manifest + " does not declare";
      case UNSUPPORTED -> by + " asks for " + wanted + ", which npm cannot install";
      case LINK -> "it is a link to a folder that the lock does not describe";
    };
  }
}
