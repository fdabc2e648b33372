package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PinnedLock.Source;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The options with which pip finds what a lock took from indexes that the project names itself.
///
/// An index that the project does not name is the one that the installer asks anyway: of several
/// such, the one with most packages.
final class IndexOptions {
  /// Address without a slash at its end → its table, or null where only the address is known.
  private final Map<String, Tree.@Nullable Mapping> named = new HashMap<>();

  private @Nullable String first;

  /// @param manifests settings of the project and of the workspace that it belongs to
  IndexOptions(List<Tree.Mapping> manifests) {
    for (Tree.Mapping manifest : manifests) {
      list(manifest, "source"); // of a Pipfile, the first of which is asked for what names none
      first = first == null && !named.isEmpty() ? firstSource(manifest) : first;
      Tree.Mapping tools = manifest.mapping("tool");
      if (tools != null) {
        uv(tools.mapping("uv"));
        list(tools.mapping("poetry"), "source");
        list(tools.mapping("pdm"), "source");
      }
    }
  }

  private static @Nullable String firstSource(Tree.Mapping manifest) {
    Tree.Sequence list = manifest.sequence("source");
    Tree item = list == null || list.items().isEmpty() ? null : list.items().getFirst();
    String url = item instanceof Tree.Mapping table ? table.string("url") : null;
    return url == null ? null : trimmed(url);
  }

  private void uv(Tree.@Nullable Mapping uv) {
    if (uv == null) {
      return;
    }
    list(uv, "index");
    String index = uv.string("index-url");
    if (index != null) {
      first = trimmed(index);
      named.put(first, null);
    }
    Tree.Sequence extra = uv.sequence("extra-index-url");
    if (extra != null) {
      extra.strings().forEach(url -> named.put(trimmed(url), null));
    }
  }

  private void list(Tree.@Nullable Mapping tool, String key) {
    Tree.Sequence list = tool == null ? null : tool.sequence(key);
    if (list == null) {
      return;
    }
    for (Tree item : list.items()) {
      String url = item instanceof Tree.Mapping table ? table.string("url") : null;
      if (url != null && item instanceof Tree.Mapping table) {
        named.put(trimmed(url), table);
        if (table.isTrue("default")) {
          first = trimmed(url);
        }
      }
    }
  }

  private static String trimmed(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /// The lines of options for some packages, in a fixed order.
  List<String> lines(List<PinnedLock.Pin> pins) {
    Map<String, Integer> used = new LinkedHashMap<>();
    boolean anyway = false;
    for (PinnedLock.Pin pin : pins) {
      if (pin.source() instanceof Source.Registry registry) {
        if (registry.index() == null) {
          anyway = true;
        } else {
          used.merge(trimmed(registry.index()), 1, Integer::sum);
        }
      }
    }
    List<String> order = new ArrayList<>(used.keySet());
    order.sort(
        Comparator.comparingInt((String url) -> -used.getOrDefault(url, 0))
            .thenComparing(Comparator.naturalOrder()));
    List<String> out = new ArrayList<>();
    String main = first != null && used.containsKey(first) ? first : null;
    if (main == null && !anyway) {
      for (String url : order) {
        if (!named.containsKey(url)) {
          order.remove(url);
          anyway = true;
          break;
        }
      }
    }
    if (main == null && !anyway && !order.isEmpty() && !isFlat(order.getFirst())) {
      main = order.getFirst();
    }
    if (main != null) {
      out.add("--index-url " + main);
    }
    for (String url : order) {
      if (!url.equals(main)) {
        out.add((isFlat(url) ? "--find-links " : "--extra-index-url ") + url);
      }
    }
    return out;
  }

  /// The lines of options for all indexes that the project names.
  List<String> declared() {
    List<String> out = new ArrayList<>();
    if (first != null) {
      out.add("--index-url " + first);
    }
    for (String url : new TreeSet<>(named.keySet())) {
      if (!url.equals(first)) {
        out.add((isFlat(url) ? "--find-links " : "--extra-index-url ") + url);
      }
    }
    return out;
  }

  private boolean isFlat(String url) {
    Tree.Mapping table = named.get(url);
    return !url.contains("://") || (table != null && "flat".equals(table.string("format")));
  }
}
