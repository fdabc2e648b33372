package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the names of a module, or of a call of one of its functions, are known to be.
final class PythonScope {
  private static final int MAX_CALLS = 12;

  /// Items and characters of values that are not counted.
  private static final int SMALL = 256;

  private static final int MAX_STEPS = 20_000;

  private final Map<String, PythonValue> names;
  private final Map<String, Function> functions;
  private final ProjectFiles files;
  private final String folder;
  private final int calls;

  /// Statements and passes of comprehensions that were read so far, in all calls together.
  private final int[] steps;

  private final PythonEffort effort;

  /// A function of the module.
  ///
  /// @param parameters what stands between its parentheses
  /// @param body its statements, each with its end
  record Function(String name, List<Token> parameters, List<Token> body) {}

  /// @param folder of the module, relative to the root
  PythonScope(ProjectFiles files, String folder) {
    this(new HashMap<>(), new HashMap<>(), files, folder, 0, new int[1], new PythonEffort());
  }

  private PythonScope(
      Map<String, PythonValue> names,
      Map<String, Function> functions,
      ProjectFiles files,
      String folder,
      int calls,
      int[] steps,
      PythonEffort effort) {
    this.names = names;
    this.functions = functions;
    this.files = files;
    this.folder = folder;
    this.calls = calls;
    this.steps = steps;
    this.effort = effort;
  }

  /// Names that are set in it are not seen outside.
  PythonScope inner() {
    return new PythonScope(new HashMap<>(names), functions, files, folder, calls, steps, effort);
  }

  /// Whether there is room for another step: code may loop without end.
  ///
  /// @param tokens how many are read in it
  boolean step(int tokens) {
    steps[0] = Math.min(2 * MAX_STEPS, steps[0] + 1 + tokens / 32);
    return steps[0] <= MAX_STEPS;
  }

  /// How large values may become.
  PythonEffort effort() {
    return effort;
  }

  /// What a call or a comprehension gives, as long as there is room for it; else it is computed.
  PythonValue kept(PythonValue value) {
    int size = PythonOperators.size(value);
    return size < SMALL || effort.allows(size)
        ? value
        : new PythonValue.Computed(value.line(), value.column());
  }

  /// Whether it is that of a call, which may be one of very many.
  boolean isCall() {
    return calls > 0;
  }

  @Nullable PythonValue get(String name) {
    return names.get(name);
  }

  void set(String name, PythonValue value) {
    names.put(name, value);
  }

  void define(Function function) {
    functions.put(function.name(), function);
    names.remove(function.name());
  }

  @Nullable Function function(String name) {
    return names.containsKey(name) ? null : functions.get(name);
  }

  Iterable<Function> functions() {
    return functions.values().stream()
        .sorted(java.util.Comparator.comparing(Function::name))
        .toList();
  }

  /// The path of a file of the project, or null where there is none of this name.
  ///
  /// @param path as the module names it
  @Nullable String file(String path) {
    String resolved =
        path.isBlank() || path.indexOf('\n') >= 0 ? null : Paths.resolve(folder, path);
    return resolved != null && !resolved.isEmpty() && files.exists(resolved) ? resolved : null;
  }

  /// What a function returns for these arguments; null where it is not told.
  @Nullable PythonValue call(Function function, List<Pair> named, List<PythonValue> positional) {
    if (calls >= MAX_CALLS) {
      return null;
    }
    PythonScope scope =
        new PythonScope(new HashMap<>(names), functions, files, folder, calls + 1, steps, effort);
    PythonParameters.bind(function, named, positional, scope);
    PythonStatements statements = new PythonStatements(scope, _ -> {});
    statements.run(function.body());
    return statements.returned();
  }
}
