package dev.depslim.ecosystem.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the scripts of a package.json that cannot run any more because something that they call is
/// not installed: a binary, a module that Node preloads, or another such script.
final class ScriptCheck {
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

  /// Commands whose arguments are a command.
  private static final Set<String> WRAPPERS =
      Set.of(
          "cross-env",
          "cross-env-shell",
          "env",
          "dotenv",
          "dotenvx",
          "env-cmd",
          "command",
          "exec",
          "nohup",
          "time",
          "sudo");

  /// Commands whose arguments are names of scripts.
  private static final Set<String> SCRIPT_RUNNERS = Set.of("npm-run-all", "run-s", "run-p");

  private static final Set<String> NODES =
      Set.of("node", "nodemon", "electron", "bun", "node-dev", "c8", "nyc");
  private static final Set<String> PRELOADS =
      Set.of("-r", "--require", "--import", "--loader", "--experimental-loader");

  /// Commands whose quoted arguments are text and no commands.
  private static final Set<String> TEXT =
      Set.of("echo", "printf", "git", "node", "grep", "sed", "awk", "test", "[");

  private static final Set<String> HOOKED = Set.of("test", "start", "stop", "restart");
  private static final String BIN = "node_modules/.bin/";

  private final Map<String, String> scripts;
  private final Set<String> binaries;
  private final Set<String> packages;
  private final Map<String, String> broken = new LinkedHashMap<>();

  private ScriptCheck(Map<String, String> scripts, Set<String> binaries, Set<String> packages) {
    this.scripts = scripts;
    this.binaries = binaries;
    this.packages = packages;
  }

  /// The scripts that cannot run, each with what it calls that is not there.
  ///
  /// @param scripts commands by name
  /// @param binaries names of binaries that are not installed any more
  /// @param packages names of packages that are not installed any more
  static Map<String, String> broken(
      Map<String, String> scripts, Set<String> binaries, Set<String> packages) {
    ScriptCheck check = new ScriptCheck(scripts, binaries, packages);
    int before;
    do {
      before = check.broken.size();
      scripts.forEach(check::look);
    } while (check.broken.size() > before);
    Map<String, String> sorted = new LinkedHashMap<>();
    for (String script : scripts.keySet()) {
      String missing = check.broken.get(script);
      if (missing != null) {
        sorted.put(script, missing);
      }
    }
    return sorted;
  }

  private void look(String script, String line) {
    if (!broken.containsKey(script)) {
      String missing = inLine(line);
      if (missing != null) {
        broken.put(script, missing);
      }
    }
  }

  private @Nullable String inLine(String line) {
    for (List<String> words : Shell.commands(line)) {
      String missing = inCommand(words);
      if (missing != null) {
        return missing;
      }
    }
    return null;
  }

  private @Nullable String inCommand(List<String> words) {
    int at = 0;
    while (at < words.size() && ASSIGNMENT.matcher(words.get(at)).matches()) {
      at++;
    }
    if (at == words.size()) {
      return null;
    }
    String program = words.get(at);
    List<String> rest = words.subList(at + 1, words.size());
    String missing = inProgram(program);
    if (missing != null) {
      return missing;
    }
    missing =
        switch (program) {
          case "npx", "bunx", "pnpx" -> firstOf(rest);
          case "npm", "pnpm", "yarn" -> inManager(program, rest);
          default -> null;
        };
    if (missing == null && WRAPPERS.contains(program)) {
      int dashes = rest.indexOf("--");
      missing =
          inCommand(dashes < 0 ? withoutOptions(rest) : rest.subList(dashes + 1, rest.size()));
    }
    if (missing == null && SCRIPT_RUNNERS.contains(program)) {
      missing = inScripts(rest);
    }
    if (missing == null && NODES.contains(program)) {
      missing = inNode(rest);
    }
    return missing == null && !TEXT.contains(program) ? inQuoted(rest) : missing;
  }

  private @Nullable String inProgram(String program) {
    if (binaries.contains(program)) {
      return program;
    }
    int bin = program.indexOf(BIN);
    if (bin >= 0) {
      String name = program.substring(bin + BIN.length());
      return binaries.contains(name) ? name : null;
    }
    int modules = program.indexOf(Locations.MODULES);
    return modules < 0 ? null : inModule(program.substring(modules + Locations.MODULES.length()));
  }

  /// The package of a path below `node_modules` or of a module's name, where it is not there.
  private @Nullable String inModule(String module) {
    int slash = module.indexOf('/');
    if (module.startsWith("@") && slash > 0) {
      slash = module.indexOf('/', slash + 1);
    }
    String name = slash < 0 ? module : module.substring(0, slash);
    return packages.contains(name) ? name : null;
  }

  private @Nullable String firstOf(List<String> words) {
    for (String word : withoutOptions(words)) {
      int version = word.indexOf('@', 1);
      String name = version < 0 ? word : word.substring(0, version);
      return binaries.contains(name) || packages.contains(name) ? name : null;
    }
    return null;
  }

  private @Nullable String inManager(String program, List<String> words) {
    if (words.isEmpty() || words.stream().anyMatch(ScriptCheck::leadsElsewhere)) {
      return null;
    }
    List<String> named = withoutOptions(words);
    if (named.isEmpty()) {
      return null;
    }
    String first = named.getFirst();
    return switch (first) {
      case "run", "run-script", "rum", "urn" -> {
        List<String> script = withoutOptions(named.subList(1, named.size()));
        yield script.isEmpty() ? null : inScript(script.getFirst());
      }
      case "exec", "x", "dlx" -> firstOf(named.subList(1, named.size()));
      case "t", "tst" -> inScript("test");
      default -> {
        if (HOOKED.contains(first)) {
          yield inScript(first);
        }
        if (program.equals("npm")) {
          yield null;
        }
        yield scripts.containsKey(first) ? inScript(first) : inProgram(first);
      }
    };
  }

  /// Whether an option makes the package manager run in another folder.
  private static boolean leadsElsewhere(String word) {
    return word.startsWith("--prefix")
        || word.startsWith("--workspace")
        || word.startsWith("--cwd")
        || word.startsWith("--filter")
        || word.equals("-w")
        || word.equals("-ws")
        || word.equals("-C");
  }

  private @Nullable String inScript(String script) {
    return broken.containsKey(script) ? "npm run " + script : null;
  }

  private @Nullable String inScripts(List<String> words) {
    for (String word : withoutOptions(words)) {
      String missing = inScript(word.startsWith("npm:") ? word.substring("npm:".length()) : word);
      if (missing != null) {
        return missing;
      }
    }
    return null;
  }

  private @Nullable String inNode(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      @Nullable String missing = null;
      if (PRELOADS.contains(option)) {
        String module =
            equals >= 0 ? word.substring(equals + 1) : i + 1 < words.size() ? words.get(i + 1) : "";
        missing = inModule(module);
      } else if (word.contains(Locations.MODULES)) {
        missing = inProgram(word);
      }
      if (missing != null) {
        return missing;
      }
    }
    return null;
  }

  /// What is quoted and has spaces is a command of its own, as for `concurrently` and `sh -c`; what
  /// begins with `npm:` is a script.
  private @Nullable String inQuoted(List<String> words) {
    for (String word : words) {
      @Nullable String missing = null;
      if (word.startsWith("npm:")) {
        missing = inScript(word.substring("npm:".length()));
      } else if (word.indexOf(' ') >= 0) {
        missing = inLine(word);
      }
      if (missing != null) {
        return missing;
      }
    }
    return null;
  }

  private static List<String> withoutOptions(List<String> words) {
    List<String> out = new ArrayList<>();
    for (String word : words) {
      if (out.isEmpty() && (word.startsWith("-") || ASSIGNMENT.matcher(word).matches())) {
        continue;
      }
      out.add(word);
    }
    return out;
  }
}
