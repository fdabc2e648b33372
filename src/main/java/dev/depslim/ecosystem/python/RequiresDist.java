package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages.ExtraNeed;
import dev.depslim.ecosystem.InstalledPackages.Need;
import dev.depslim.model.Ecosystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which installed package needs which, by Requires-Dist. An extra counts where another package
/// asks for it: of `a` needing `b[x]`, what `b` needs for `x` is a need of `a`.
final class RequiresDist {
  private static final Pattern EXTRA = Pattern.compile("extra\\s*==\\s*['\"]([^'\"]+)['\"]");
  private static final Pattern PYTHON = Pattern.compile("python(\\d+\\.\\d+)");

  private final ImageFiles files;
  private final List<SitePackages.Found> found;
  private final List<List<Requirement>> requirements = new ArrayList<>();
  private final Map<Integer, Map<String, Integer>> bySite = new HashMap<>();

  /// Debian's Python searches several folders of this name, elsewhere a site is alone.
  private final Map<String, Integer> distPackages = new HashMap<>();

  RequiresDist(ImageFiles files, List<SitePackages.Found> found) {
    this.files = files;
    this.found = found;
    for (int i = 0; i < found.size(); i++) {
      SitePackages.Found it = found.get(i);
      requirements.add(it.metadata().requires().stream().flatMap(RequiresDist::parse).toList());
      if (it.live()) {
        String name = Ecosystem.PYPI.normalize(it.name());
        bySite.computeIfAbsent(it.site(), _ -> new HashMap<>()).put(name, i);
        if (files.name(it.site()).equals("dist-packages")) {
          distPackages.put(name, i);
        }
      }
    }
  }

  private static java.util.stream.Stream<Requirement> parse(String text) {
    try {
      return java.util.stream.Stream.of(Requirement.parse(text));
    } catch (RequirementSyntaxException e) {
      return java.util.stream.Stream.empty(); // what cannot be read was not installed by it either
    }
  }

  List<Need> needs() {
    List<Need> needs = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).live()) {
        continue;
      }
      for (Requirement requirement : requirements.get(i)) {
        Integer target = applies(requirement, i, "") ? installed(i, requirement) : null;
        if (target != null) {
          add(needs, i, target);
          for (String extra : requirement.extras()) {
            addExtra(needs, i, target, extra);
          }
        }
      }
    }
    return needs;
  }

  /// What each extra brings, for manifests that ask for it.
  List<ExtraNeed> extras() {
    List<ExtraNeed> extras = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Set<String> names = new TreeSet<>();
      if (found.get(i).live()) {
        found
            .get(i)
            .metadata()
            .requires()
            .forEach(
                text -> EXTRA.matcher(text).results().forEach(match -> names.add(match.group(1))));
      }
      for (String extra : names) {
        List<Need> needs = new ArrayList<>();
        addExtra(needs, i, i, extra);
        for (Need need : needs) {
          extras.add(new ExtraNeed(i, Ecosystem.PYPI.normalize(extra), need.anyOf()[0]));
        }
      }
    }
    return extras;
  }

  private void addExtra(List<Need> needs, int from, int target, String extra) {
    for (Requirement requirement : requirements.get(target)) {
      if (!applies(requirement, target, "") && applies(requirement, target, extra)) {
        Integer wanted = installed(target, requirement);
        if (wanted != null) {
          add(needs, from, wanted);
        }
      }
    }
  }

  private static void add(List<Need> needs, int from, int target) {
    if (from != target) {
      needs.add(new Need(from, new int[] {target}));
    }
  }

  private @Nullable Integer installed(int from, Requirement requirement) {
    int site = found.get(from).site();
    String name = requirement.normalizedName();
    Integer index = bySite.getOrDefault(site, Map.of()).get(name);
    return index == null && files.name(site).equals("dist-packages")
        ? distPackages.get(name)
        : index;
  }

  private boolean applies(Requirement requirement, int index, String extra) {
    Marker marker = requirement.marker();
    if (marker == null) {
      return true;
    }
    try {
      return marker.holds(environment(index, extra), Map.of());
    } catch (UndefinedMarkerException e) {
      return true; // what is installed counts as needed until the opposite is known
    }
  }

  private Map<String, String> environment(int index, String extra) {
    Matcher version = PYTHON.matcher(files.path(found.get(index).site()));
    Map<String, String> environment = new HashMap<>();
    environment.put("extra", extra);
    environment.put("os_name", "posix");
    environment.put("sys_platform", "linux");
    environment.put("platform_system", "Linux");
    environment.put("platform_python_implementation", "CPython");
    environment.put("implementation_name", "cpython");
    if (version.find()) {
      environment.put("python_version", version.group(1));
      environment.put("python_full_version", version.group(1) + ".0");
    }
    return environment;
  }
}
