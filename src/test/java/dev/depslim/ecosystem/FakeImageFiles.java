package dev.depslim.ecosystem;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// A file system of an image made from a map of paths, for the tests of the readers.
@NullMarked
public final class FakeImageFiles implements ImageFiles {
  private static final class Node {
    int parent;
    String name = "";
    boolean folder;
    boolean live = true;
    @Nullable String target;
    byte @Nullable [] content;
    List<byte[]> earlier = new ArrayList<>();
    TreeMap<String, Integer> children = new TreeMap<>();
  }

  private final List<Node> nodes = new ArrayList<>();

  public FakeImageFiles() {
    Node root = new Node();
    root.folder = true;
    nodes.add(root);
  }

  /// Adds a regular file; again, it is a version of a higher layer.
  public FakeImageFiles file(String path, String content) {
    Node node = nodes.get(make(path));
    if (node.content != null) {
      node.earlier.addFirst(node.content);
    }
    node.content = content.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /// Adds a regular file that only a lower layer holds.
  public FakeImageFiles deleted(String path, String content) {
    file(path, content);
    nodes.get(make(path)).live = false;
    return this;
  }

  public FakeImageFiles link(String path, String target) {
    nodes.get(make(path)).target = target;
    return this;
  }

  public FakeImageFiles folder(String path) {
    nodes.get(make(path)).folder = true;
    return this;
  }

  /// The paths of all that a package owns, by number or by folder.
  public Set<String> owned(InstalledPackages.Installed installed) {
    Set<String> paths = new TreeSet<>();
    Arrays.stream(installed.files()).forEach(file -> paths.add(path(file)));
    Arrays.stream(installed.folders()).forEach(folder -> paths.add(path(folder) + "/"));
    return paths;
  }

  private int make(String path) {
    int at = 0;
    for (String segment : path.split("/")) {
      Node parent = nodes.get(at);
      parent.folder = true;
      Integer next = parent.children.get(segment);
      if (next == null) {
        Node node = new Node();
        node.parent = at;
        node.name = segment;
        next = nodes.size();
        nodes.add(node);
        parent.children.put(segment, next);
      }
      at = next;
    }
    return at;
  }

  @Override
  public int root() {
    return 0;
  }

  @Override
  public int count() {
    return nodes.size();
  }

  @Override
  public int find(String path) {
    return find(0, path);
  }

  @Override
  public int find(int folder, String relativePath) {
    Deque<String> todo = new ArrayDeque<>(List.of(relativePath.split("/", -1)));
    int at = relativePath.startsWith("/") ? 0 : folder;
    int links = 0;
    while (!todo.isEmpty()) {
      String segment = todo.pop();
      if (segment.isEmpty() || segment.equals(".")) {
        continue;
      }
      if (segment.equals("..")) {
        at = nodes.get(at).parent;
        continue;
      }
      Integer next = nodes.get(at).children.get(segment);
      if (next == null) {
        return NONE;
      }
      String target = nodes.get(next).target;
      if (target == null) {
        at = next;
        continue;
      }
      if (++links > 40) {
        return NONE;
      }
      if (target.startsWith("/")) {
        at = 0;
      }
      List<String> segments = new ArrayList<>(List.of(target.split("/", -1)));
      for (String part : segments.reversed()) {
        todo.push(part);
      }
    }
    return at;
  }

  @Override
  public int parent(int file) {
    return nodes.get(file).parent;
  }

  @Override
  public String name(int file) {
    return nodes.get(file).name;
  }

  @Override
  public String path(int file) {
    if (file == 0) {
      return "";
    }
    String above = path(parent(file));
    return above.isEmpty() ? name(file) : above + "/" + name(file);
  }

  @Override
  public boolean isFolder(int file) {
    return nodes.get(file).folder;
  }

  @Override
  public boolean isFile(int file) {
    Node node = nodes.get(file);
    return !node.folder && node.target == null;
  }

  @Override
  public @Nullable String linkTarget(int file) {
    return nodes.get(file).target;
  }

  @Override
  public boolean isLive(int file) {
    Node node = nodes.get(file);
    if (!node.folder) {
      return node.live;
    }
    return node.children.isEmpty() || node.children.values().stream().anyMatch(this::isLive);
  }

  @Override
  public int[] children(int folder) {
    return nodes.get(folder).children.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /// The content, only of what the reader said that it wants.
  @Override
  public byte @Nullable [] content(int file) {
    if (!wanted.isEmpty() && !wanted.contains(file)) {
      return null;
    }
    return nodes.get(file).content;
  }

  @Override
  public List<byte[]> earlierContents(int file) {
    return nodes.get(file).earlier;
  }

  private final Set<Integer> wanted = new HashSet<>();

  /// What a reader finds here, shown only the contents that it asks for.
  public InstalledPackages.Result readBy(InstalledPackages reader) {
    wanted.clear();
    wanted.add(NONE);
    for (int file = 0; file < count(); file++) {
      if (isFile(file) && reader.wants(path(parent(file)), name(file))) {
        wanted.add(file);
      }
    }
    return reader.read(this);
  }
}
