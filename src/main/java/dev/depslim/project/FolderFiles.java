package dev.depslim.project;

import dev.depslim.ecosystem.ImageFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parts of a real folder as the readers of package databases see an image. Links are followed only
/// inside of what was listed; nothing else is looked at. Contents are read when they are asked for.
final class FolderFiles implements ImageFiles {
  private static final int MAX_LINKS = 40;
  private static final long MAX_CONTENT = 64L << 20;
  private static final int[] NO_CHILDREN = {};

  private final Path root;
  private final List<String> names = new ArrayList<>();
  private int[] parents = new int[1024];
  private long[] sizes = new long[1024];
  private byte[] kinds = new byte[1024];
  private final Map<Integer, int[]> children = new HashMap<>();
  private final Map<Integer, String> links = new HashMap<>();

  /// Files that have been counted, by device and inode: of a file with several names only the first
  /// has a size.
  private final Set<Object> counted = new HashSet<>();

  private static final byte FOLDER = 1;
  private static final byte FILE = 2;
  private static final byte LINK = 3;
  private static final byte OTHER = 4;

  private FolderFiles(Path root) {
    this.root = root;
  }

  /// Lists entries of a folder with all that is below them, in the order of their names.
  ///
  /// @param wanted paths relative to the folder, with `/`; those that are not there are left out
  static FolderFiles list(Path root, List<String> wanted) {
    FolderFiles files = new FolderFiles(root);
    files.add(0, "", FOLDER, 0);
    for (String path : wanted.stream().sorted().distinct().toList()) {
      files.listWanted(path);
    }
    files.children.replaceAll((_, all) -> files.sorted(all));
    files.counted.clear();
    return files;
  }

  private int[] sorted(int[] all) {
    for (int i = 1; i < all.length; i++) {
      if (names.get(all[i - 1]).compareTo(names.get(all[i])) > 0) {
        return Arrays.stream(all)
            .boxed()
            .sorted(Comparator.comparing(names::get))
            .mapToInt(Integer::intValue)
            .toArray();
      }
    }
    return all;
  }

  private void listWanted(String path) {
    int folder = 0;
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      int known = listed(folder, parts[i]);
      if (known == NONE) {
        known = add(folder, parts[i], FOLDER, 0);
        adopt(folder, known);
      }
      folder = known;
    }
    String last = parts[parts.length - 1];
    BasicFileAttributes attributes = attributes(root.resolve(path));
    if (attributes != null && listed(folder, last) == NONE) {
      int file = add(folder, last, kind(attributes), size(attributes));
      adopt(folder, file);
      describe(file, root.resolve(path), attributes);
    }
  }

  /// The child of a folder whose children are not sorted yet.
  private int listed(int folder, String name) {
    for (int child : children.getOrDefault(folder, NO_CHILDREN)) {
      if (names.get(child).equals(name)) {
        return child;
      }
    }
    return NONE;
  }

  private static @Nullable BasicFileAttributes attributes(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException _) {
      return null; // gone, or not for us to see
    }
  }

  private record Waiting(int folder, Path path) {}

  /// Everything below a folder, parents before what they hold.
  private void describe(int top, Path topPath, BasicFileAttributes topAttributes) {
    Deque<Waiting> waiting = new ArrayDeque<>();
    if (topAttributes.isSymbolicLink()) {
      link(top, topPath);
    } else if (topAttributes.isDirectory()) {
      waiting.add(new Waiting(top, topPath));
    }
    while (!waiting.isEmpty()) {
      Waiting at = waiting.remove();
      List<Path> entries = entries(at.path());
      int[] found = new int[entries.size()];
      int count = 0;
      for (Path entry : entries) {
        BasicFileAttributes attributes = attributes(entry);
        if (attributes == null) {
          continue;
        }
        int file =
            add(at.folder(), entry.getFileName().toString(), kind(attributes), size(attributes));
        found[count++] = file;
        if (attributes.isDirectory()) {
          waiting.add(new Waiting(file, entry));
        } else if (attributes.isSymbolicLink()) {
          link(file, entry);
        }
      }
      children.put(at.folder(), Arrays.copyOf(found, count));
    }
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException _) {
      return entries; // what cannot be listed is not counted
    }
    entries.sort(Comparator.comparing(entry -> entry.getFileName().toString()));
    return entries;
  }

  private void link(int file, Path path) {
    try {
      links.put(file, Files.readSymbolicLink(path).toString().replace('\\', '/'));
    } catch (IOException _) {
      links.put(file, "");
    }
  }

  private static byte kind(BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return FOLDER;
    }
    return attributes.isSymbolicLink() ? LINK : attributes.isRegularFile() ? FILE : OTHER;
  }

  private long size(BasicFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      return 0;
    }
    Object key = attributes.fileKey();
    return key == null || counted.add(key) ? attributes.size() : 0;
  }

  private int add(int parent, String name, byte kind, long size) {
    int file = names.size();
    if (file == parents.length) {
      parents = Arrays.copyOf(parents, 2 * file);
      sizes = Arrays.copyOf(sizes, 2 * file);
      kinds = Arrays.copyOf(kinds, 2 * file);
    }
    names.add(name);
    parents[file] = parent;
    sizes[file] = size;
    kinds[file] = kind;
    return file;
  }

  private void adopt(int folder, int file) {
    int[] before = children.getOrDefault(folder, NO_CHILDREN);
    int[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = file;
    children.put(folder, after);
  }

  /// Bytes of a regular file; 0 for all others and for further names of a file.
  long size(int file) {
    return sizes[file];
  }

  @Override
  public int root() {
    return 0;
  }

  @Override
  public int count() {
    return names.size();
  }

  @Override
  public int find(String path) {
    return find(0, path);
  }

  @Override
  public int find(int folder, String relativePath) {
    return find(folder, relativePath, new int[1]);
  }

  /// @param followed how many links were followed so far
  private int find(int folder, String path, int[] followed) {
    int at = path.startsWith("/") ? 0 : folder;
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        at = parents[at];
        continue;
      }
      int child = child(at, part);
      String target = child == NONE ? null : links.get(child);
      if (target != null) {
        child = ++followed[0] > MAX_LINKS ? NONE : follow(at, target, followed);
      }
      if (child == NONE) {
        return NONE;
      }
      at = child;
    }
    return at;
  }

  /// Links are relative to the folder that holds them, or to the real root of the file system.
  private int follow(int folder, String target, int[] followed) {
    if (!target.startsWith("/")) {
      return find(folder, target, followed);
    }
    Path absolute = Path.of(target).normalize();
    Path top = root.toAbsolutePath().normalize();
    return absolute.startsWith(top)
        ? find(0, top.relativize(absolute).toString().replace('\\', '/'), followed)
        : NONE;
  }

  @Override
  public int child(int folder, String name) {
    int[] all = children.getOrDefault(folder, NO_CHILDREN);
    int low = 0;
    int high = all.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = names.get(all[middle]).compareTo(name);
      if (order == 0) {
        return all[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return NONE;
  }

  @Override
  public int parent(int file) {
    return parents[file];
  }

  @Override
  public String name(int file) {
    return names.get(file);
  }

  @Override
  public String path(int file) {
    StringBuilder path = new StringBuilder();
    for (int at = file; at != 0; at = parents[at]) {
      path.insert(0, path.isEmpty() ? names.get(at) : names.get(at) + "/");
    }
    return path.toString();
  }

  @Override
  public boolean isFolder(int file) {
    return kinds[file] == FOLDER;
  }

  @Override
  public boolean isFile(int file) {
    return kinds[file] == FILE;
  }

  @Override
  public @Nullable String linkTarget(int file) {
    return links.get(file);
  }

  @Override
  public boolean isLive(int file) {
    return true;
  }

  @Override
  public int[] children(int folder) {
    return children.getOrDefault(folder, NO_CHILDREN).clone();
  }

  @Override
  public byte @Nullable [] content(int file) {
    Path path = root.resolve(path(file));
    try {
      return isFile(file) && Files.size(path) <= MAX_CONTENT ? Files.readAllBytes(path) : null;
    } catch (IOException _) {
      return null; // as if it were not there
    }
  }

  @Override
  public List<byte[]> earlierContents(int file) {
    return List.of();
  }
}
