package dev.depslim.analysis;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Impact.Change;
import dev.depslim.model.Impact.DeclarationChange;
import dev.depslim.model.Snapshot.Declared;
import dev.depslim.model.Snapshot.ProjectState;
import dev.depslim.model.Snapshot.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The declarations that a change touches: added, removed, or of another constraint, section or
/// marker. Lines do not count.
final class DeclaredChanges {
  private static final Comparator<DeclarationChange> ORDER =
      Comparator.comparing(DeclarationChange::change)
          .thenComparing(DeclarationChange::project)
          .thenComparing(DeclarationChange::ecosystem)
          .thenComparing(DeclarationChange::name);

  private final List<DeclarationChange> changes = new ArrayList<>();

  /// Ecosystem, project and name of what is not declared as it was.
  private final Set<String> keys = new HashSet<>();

  DeclaredChanges(Pairing pairing) {
    for (Pairing.Pair<ProjectState> pair : pairing.projects()) {
      add(pairing, pair);
    }
    changes.sort(ORDER);
  }

  List<DeclarationChange> all() {
    return List.copyOf(changes);
  }

  /// Whether what a project declares under a name was touched.
  ///
  /// @param project its path, on the side of the change that is asked about
  boolean touches(Ecosystem ecosystem, String project, String name) {
    return keys.contains(key(ecosystem, project, name));
  }

  private static String key(Ecosystem ecosystem, String project, String name) {
    return ecosystem.id() + " " + project + "\0" + ecosystem.normalize(name);
  }

  private void add(Pairing pairing, Pairing.Pair<ProjectState> pair) {
    ProjectState before = pair.before();
    ProjectState after = pair.after();
    ProjectState any = after != null ? after : before;
    if (any == null) {
      return;
    }
    Ecosystem ecosystem = any.ecosystem();
    Map<String, Declared> old = byName(ecosystem, before);
    Map<String, Declared> now = byName(ecosystem, after);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      Declared from = old.get(name);
      Declared to = now.get(name);
      Change change =
          from == null
              ? Change.ADDED
              : to == null ? Change.REMOVED : differ(pairing, from, to) ? Change.CHANGED : null;
      if (change != null) {
        String shown = to != null ? to.name() : from == null ? name : from.name();
        changes.add(new DeclarationChange(any.path(), ecosystem, shown, change, from, to));
        keys.add(key(ecosystem, any.path(), name));
        if (before != null) {
          keys.add(key(ecosystem, before.path(), name));
        }
      }
    }
  }

  private static Map<String, Declared> byName(Ecosystem ecosystem, @Nullable ProjectState project) {
    Map<String, Declared> byName = new HashMap<>();
    if (project != null) {
      project.declared().forEach(it -> byName.put(ecosystem.normalize(it.name()), it));
    }
    return byName;
  }

  private static boolean differ(Pairing pairing, Declared from, Declared to) {
    if (!from.constraint().equals(to.constraint())
        || from.sections().size() != to.sections().size()) {
      return true;
    }
    for (int i = 0; i < from.sections().size(); i++) {
      Section section = from.sections().get(i);
      String path = pairing.after(section.location().path());
      Section here =
          new Section(
              dev.depslim.model.Location.of(path),
              section.scope(),
              section.group(),
              section.marker());
      if (!here.isLike(to.sections().get(i))) {
        return true;
      }
    }
    return false;
  }
}
