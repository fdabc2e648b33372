package dev.depslim.ecosystem.python;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.model.Ecosystem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds Python itself where it was built or unpacked to a prefix, as the official images and uv
/// do: `PREFIX/lib/pythonX.Y/os.py`. What is in `site-packages` is not a part of it.
public final class PythonRuntime implements InstalledPackages {
  private static final Pattern FOLDER = Pattern.compile("python(\\d+\\.\\d+)t?");
  private static final Pattern VERSION = Pattern.compile("#define\\s+PY_VERSION\\s+\"([^\"]+)\"");
  private static final Set<String> SITES = Set.of("site-packages", "dist-packages");

  @Override
  public boolean wants(String folder, String name) {
    return name.equals("patchlevel.h") && folder.contains("include/python");
  }

  @Override
  public Result read(ImageFiles files) {
    List<Installed> found = new ArrayList<>();
    for (int file : files.named("os.py"::equals)) {
      int library = files.parent(file);
      Matcher folder = FOLDER.matcher(files.name(library));
      if (files.isFile(file) && folder.matches()) {
        found.add(new Reading(files, file, library, folder.group(1)).installed());
      }
    }
    return new Result(found, List.of(), List.of());
  }

  /// One run time.
  private static final class Reading {
    private final ImageFiles files;
    private final int evidence;
    private final int library;
    private final int prefix;
    private final String minor;
    private final List<Integer> owned = new ArrayList<>();
    private final List<Integer> folders = new ArrayList<>();

    Reading(ImageFiles files, int evidence, int library, String minor) {
      this.files = files;
      this.evidence = evidence;
      this.library = library;
      this.prefix = files.parent(files.parent(library));
      this.minor = minor;
    }

    Installed installed() {
      String version = version();
      for (int child : files.children(library)) {
        if (!SITES.contains(files.name(child))) {
          claim(child);
        }
      }
      claimMatching("bin", "(python|idle|pydoc|2to3-).*" + Pattern.quote(minor) + ".*");
      claimMatching("include", "python" + Pattern.quote(minor) + "t?");
      claimMatching("lib", "libpython.*");
      claimMatching("lib/pkgconfig", "python-" + Pattern.quote(minor) + ".*");
      claimMatching("share/man/man1", "python" + Pattern.quote(minor) + ".*");
      return new Installed(
          Ecosystem.GENERIC,
          "python",
          version,
          files.path(prefix),
          evidence,
          null,
          true,
          owned.stream().mapToInt(Integer::intValue).toArray(),
          folders.stream().mapToInt(Integer::intValue).toArray(),
          files.isLive(evidence) ? Set.of() : Set.of(Trait.REMOVED));
    }

    private void claimMatching(String path, String name) {
      int folder = files.find(prefix, path);
      if (folder == NONE) {
        return;
      }
      Pattern pattern = Pattern.compile(name);
      for (int child : files.children(folder)) {
        if (pattern.matcher(files.name(child)).matches()) {
          claim(child);
        }
      }
    }

    private void claim(int file) {
      if (files.isFolder(file)) {
        folders.add(file);
      } else if (files.isFile(file)) {
        owned.add(file);
      }
    }

    private String version() {
      int header = files.find(prefix, "include/" + files.name(library) + "/patchlevel.h");
      byte[] content = header == NONE ? null : files.content(header);
      if (content != null) {
        Matcher version = VERSION.matcher(new String(content, StandardCharsets.UTF_8));
        if (version.find()) {
          return version.group(1);
        }
      }
      return minor;
    }
  }
}
