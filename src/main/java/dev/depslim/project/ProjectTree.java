package dev.depslim.project;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimMark;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of the analysed tree.
///
/// Left out are version control folders, `node_modules`, virtual environments, and what
/// `.gitignore` files exclude unless git tracks it; and what `depslim minimize` wrote. Links are
/// not followed into folders, and no file outside the root is read.
public final class ProjectTree implements ProjectFiles {
  private static final long MAX_FILE = 512L << 20;
  private static final Set<String> NEVER =
      Set.of(
          ".git", ".hg", ".svn", "node_modules", "__pypackages__", "site-packages", ".tox", ".nox");

  private final Path root;
  private final Path realRoot;
  private final Set<String> tracked;
  private final Set<String> trackedFolders = new HashSet<>();
  private final Set<String> slimFiles = new HashSet<>();
  private final List<String> files = new ArrayList<>();
  private final Map<String, String> links = new HashMap<>();
  private final List<Issue> issues = new ArrayList<>();

  private ProjectTree(Path root) throws IOException {
    this.root = root;
    this.realRoot = root.toRealPath();
    this.tracked = trackedBelow(realRoot);
    for (String path : tracked) {
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        if (!trackedFolders.add(path.substring(0, slash))) {
          break;
        }
      }
    }
  }

  /// The tree below a folder.
  ///
  /// @throws DepslimException.InvalidInput where there is no such folder
  public static ProjectTree at(Path root) {
    if (!Files.isDirectory(root)) {
      throw new DepslimException.InvalidInput(
          Files.exists(root)
              ? root + " is a file: name the folder of the project"
              : root + " does not exist: name the folder of the project");
    }
    try {
      ProjectTree tree = new ProjectTree(root);
      tree.walk(root, "", new ArrayList<>());
      Collections.sort(tree.files);
      return tree;
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(root + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// All files, sorted, relative to the root with `/`.
  public List<String> files() {
    return Collections.unmodifiableList(files);
  }

  /// The file of the tree that a link is another name of; null for what is no link.
  @Nullable String linked(String path) {
    return links.get(path);
  }

  /// A real folder of the tree, also one that is left out of its files; null where there is none or
  /// a link leads out of the root.
  ///
  /// @param path relative to the root, `""` for the root itself
  @Nullable Path folder(String path) {
    Path relative = Path.of(path).normalize();
    if (relative.isAbsolute() || relative.startsWith("..")) {
      return null;
    }
    Path folder = realRoot.resolve(relative);
    try {
      return Files.isDirectory(folder) && folder.toRealPath().startsWith(realRoot) ? folder : null;
    } catch (IOException _) {
      return null;
    }
  }

  /// Folders that could not be read.
  public List<Issue> issues() {
    return Collections.unmodifiableList(issues);
  }

  @Override
  public byte @Nullable [] read(String path) {
    Path file = inside(path);
    if (file == null) {
      return null;
    }
    try {
      requireReadable(file);
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable InputStream open(String path) {
    Path file = inside(path);
    if (file == null) {
      return null;
    }
    try {
      requireReadable(file);
      return new FileStream(Files.newInputStream(file));
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireReadable(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw new IOException("larger than 512 MiB");
    }
  }

  /// Tells an unreadable file from content that is broken.
  private static final class FileStream extends FilterInputStream {
    FileStream(InputStream file) {
      super(file);
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] into, int from, int length) {
      try {
        return super.read(into, from, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public boolean exists(String path) {
    return inside(path) != null;
  }

  @Override
  public List<String> foldersWith(String fileName) {
    List<String> folders = new ArrayList<>();
    for (String path : files) {
      int start = path.length() - fileName.length();
      if (path.endsWith(fileName) && (start == 0 || path.charAt(start - 1) == '/')) {
        folders.add(start == 0 ? "" : path.substring(0, start - 1));
      }
    }
    Collections.sort(folders);
    return folders;
  }

  /// The regular file at a path, or null where there is none or a link leads out of the root.
  private @Nullable Path inside(String path) {
    Path relative;
    try {
      relative = Path.of(path).normalize();
    } catch (InvalidPathException _) {
      return null; // files name others, and what they say may be no name at all
    }
    if (relative.isAbsolute() || relative.startsWith("..")) {
      return null;
    }
    Path file = root.resolve(relative);
    try {
      return Files.isRegularFile(file) && file.toRealPath().startsWith(realRoot) ? file : null;
    } catch (IOException _) {
      return null;
    }
  }

  private record Ignore(String folder, IgnoreRules rules) {}

  private void walk(Path folder, String path, List<Ignore> ignores) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      issues.add(
          Issue.warning(
              Location.of(path.isEmpty() ? "." : path),
              "this folder cannot be read and is left out: " + e.getMessage()));
      return;
    }
    noteSlimFiles(folder, path, entries);
    List<Ignore> here = ignores;
    Path ignoreFile = folder.resolve(".gitignore");
    if (Files.isRegularFile(ignoreFile, LinkOption.NOFOLLOW_LINKS)) {
      here = new ArrayList<>(ignores);
      here.add(new Ignore(path, readIgnore(ignoreFile)));
    }
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      String child = path.isEmpty() ? name : path + "/" + name;
      BasicFileAttributes attributes;
      try {
        attributes =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException _) {
        continue; // gone since it was listed
      }
      boolean isFolder = attributes.isDirectory();
      if (isFolder
          ? NEVER.contains(name) || isIgnoredFolder(child, here) || isVirtualEnvironment(entry)
          : isIgnoredFile(child, here) || slimFiles.contains(child)) {
        continue;
      }
      if (isFolder) {
        walk(entry, child, here);
      } else if (attributes.isRegularFile()) {
        files.add(child);
      } else if (attributes.isSymbolicLink() && exists(child)) {
        files.add(child);
        noteLink(child, entry);
      }
    }
  }

  private void noteLink(String path, Path link) {
    try {
      links.put(path, realRoot.relativize(link.toRealPath()).toString().replace('\\', '/'));
    } catch (IOException _) {
      return; // gone since it was listed
    }
  }

  /// Files of a slim form are no project of their own.
  private void noteSlimFiles(Path folder, String path, List<Path> entries) {
    Path marked = folder.resolve(SlimMark.FILE);
    if (!Files.isRegularFile(marked, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      SlimMark mark = SlimMark.of(new String(Files.readAllBytes(marked), StandardCharsets.UTF_8));
      List<String> beside =
          entries.stream()
              .filter(entry -> Files.isRegularFile(entry))
              .map(entry -> entry.getFileName().toString())
              .toList();
      for (String name :
          mark == null ? List.<String>of() : mark.notProject(beside, path.isEmpty())) {
        slimFiles.add(path.isEmpty() ? name : path + "/" + name);
      }
    } catch (IOException _) {
      return; // without the mark its files are files like others
    }
  }

  private boolean isIgnoredFolder(String path, List<Ignore> ignores) {
    return !trackedFolders.contains(path) && isIgnored(path, true, ignores);
  }

  private boolean isIgnoredFile(String path, List<Ignore> ignores) {
    return !tracked.contains(path) && isIgnored(path, false, ignores);
  }

  private static boolean isIgnored(String path, boolean folder, List<Ignore> ignores) {
    for (int i = ignores.size() - 1; i >= 0; i--) {
      Ignore ignore = ignores.get(i);
      String relative = ignore.folder.isEmpty() ? path : path.substring(ignore.folder.length() + 1);
      Boolean verdict = ignore.rules.verdict(relative, folder);
      if (verdict != null) {
        return verdict;
      }
    }
    return false;
  }

  private static boolean isVirtualEnvironment(Path folder) {
    return Files.exists(folder.resolve("pyvenv.cfg"))
        || Files.isDirectory(folder.resolve("conda-meta"));
  }

  private static IgnoreRules readIgnore(Path file) {
    try {
      return IgnoreRules.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException _) {
      return IgnoreRules.parse("");
    }
  }

  /// What git tracks below the root, which may lie deeper in a work tree.
  private static Set<String> trackedBelow(Path realRoot) {
    for (Path folder = realRoot; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".git"))) {
        Set<String> all = GitIndex.tracked(folder);
        if (folder.equals(realRoot)) {
          return all;
        }
        String prefix = folder.relativize(realRoot).toString().replace('\\', '/') + "/";
        Set<String> below = new HashSet<>();
        for (String path : all) {
          if (path.startsWith(prefix)) {
            below.add(path.substring(prefix.length()));
          }
        }
        return below;
      }
    }
    return Set.of();
  }
}
