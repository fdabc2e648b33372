package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what people asked for in files that are compiled of compiled files: `# via -r base.txt` in
/// `production.txt` says only that `base.txt` pins a package, not that somebody wants it.
final class CompiledLayers {
  private final ProjectFiles files;
  private final Map<String, @Nullable Layer> layers = new HashMap<>();

  /// A compiled file.
  ///
  /// @param lines normalised name → number of its first line
  private record Layer(String folder, ViaComments via, Map<String, Integer> lines) {}

  CompiledLayers(ProjectFiles files) {
    this.files = files;
  }

  /// Whether people asked for the package at a line.
  ///
  /// @param folder of the file that the comments are of
  boolean isAskedFor(ViaComments via, int line, String name, String folder) {
    return isAskedFor(via, line, name, folder, new HashSet<>());
  }

  private boolean isAskedFor(
      ViaComments via, int line, String name, String folder, Set<String> seen) {
    List<String> sources = via.files(line);
    if (sources.isEmpty()) {
      return via.allPackages(line).isEmpty();
    }
    for (String source : sources) {
      Layer layer = layer(source, folder);
      Integer below = layer == null ? null : layer.lines().get(name);
      if (layer == null
          || below == null
          || !seen.add(source)
          || isAskedFor(layer.via(), below, name, layer.folder(), seen)) {
        return true;
      }
    }
    return false;
  }

  /// The compiled file that a comment names, seen from the folder or one above it; null where it is
  /// none.
  private @Nullable Layer layer(String source, String folder) {
    if (!source.endsWith(".txt")) {
      return null;
    }
    for (String at = folder; ; at = Paths.folder(at)) {
      String path = Paths.resolve(at, source);
      if (path != null && files.exists(path)) {
        return layers.computeIfAbsent(path, this::read);
      }
      if (at.isEmpty()) {
        return null;
      }
    }
  }

  private @Nullable Layer read(String path) {
    byte[] bytes = files.read(path);
    if (bytes == null) {
      return null;
    }
    SourceFile file = new SourceFile(path, bytes);
    ViaComments via = ViaComments.of(file);
    Map<String, Integer> lines = new HashMap<>();
    for (RequirementsEntry entry : RequirementsParser.parse(file, files, Map.of())) {
      if (entry instanceof RequirementsEntry.Package found && found.name() != null) {
        lines.putIfAbsent(Ecosystem.PYPI.normalize(found.name()), found.line());
      }
    }
    return via.any() ? new Layer(file.folder(), via, lines) : null;
  }
}
