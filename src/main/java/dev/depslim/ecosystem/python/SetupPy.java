package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Manifest;
import dev.depslim.model.Scope;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `setup.py`, read and never run: the literal arguments of `setup(…)`, and what names of the
/// module are known to be. What only running it would tell is said, with its place.
public final class SetupPy implements ManifestReader {
  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path) {
    return Paths.name(path).equals("setup.py");
  }

  /// A file of this name is a manifest where it calls `setup`.
  @Override
  public boolean reads(String path, ProjectFiles files) {
    byte[] bytes = reads(path) ? files.read(path) : null;
    return bytes != null && RequirementsText.decode(bytes).text().contains("setup(");
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    SetupEntries entries = new SetupEntries(file);
    RequirementsText text = RequirementsText.decode(file.bytes());
    RequirementsText.Problem undecoded = text.problem();
    if (undecoded != null) {
      entries.error(undecoded.line(), undecoded.column(), undecoded.message());
    }
    PythonTokens.Result source = PythonTokens.of(text.text());
    for (PythonTokens.Problem problem : source.problems()) {
      entries.error(problem.line(), problem.column(), problem.message());
    }
    new Reading(entries, source.tokens(), new PythonScope(files, file.folder())).run();
    return entries.manifest("setup.py");
  }

  /// One file while it is read.
  private static final class Reading {
    private static final int MAX_DEPTH = 100;

    private final SetupEntries entries;
    private final List<Token> tokens;
    private final PythonScope scope;

    /// How much may be declared: a list may stand in another many times.
    private final PythonEffort declaring = new PythonEffort();

    private boolean called;

    Reading(SetupEntries entries, List<Token> tokens, PythonScope scope) {
      this.entries = entries;
      this.tokens = tokens;
      this.scope = scope;
    }

    /// The module; where it calls `setup` in a function only, that function.
    void run() {
      new PythonStatements(scope, this::setup).run(tokens);
      if (!called) {
        for (PythonScope.Function function : scope.functions()) {
          PythonScope inner = scope.inner();
          PythonParameters.bind(function, List.of(), List.of(), inner);
          new PythonStatements(inner, this::setup).run(function.body());
        }
      }
    }

    private void setup(List<Pair> arguments) {
      called = true;
      for (Pair argument : arguments) {
        if (argument.key() instanceof PythonValue.Text key
            && key.text().equals("name")
            && argument.value() instanceof PythonValue.Text name
            && !name.text().contains(PythonValue.UNKNOWN)) {
          entries.name(name.text());
        }
      }
      for (Pair argument : arguments) {
        switch (argument.key()) {
          case PythonValue.Text key -> keyword(key.text(), argument.value());
          case Computed spread ->
              computed("what '**' passes to setup()", spread.line(), spread.column());
          default -> {}
        }
      }
    }

    private void computed(String what, int line, int column) {
      entries.warning(
          line,
          column,
          what + " is computed and not read: declare it in pyproject.toml, or as a literal list");
    }

    private void keyword(String keyword, PythonValue value) {
      Scope declared = SetupEntries.scope(keyword);
      if (declared == null) {
        return;
      }
      if (declared != Scope.OPTIONAL) {
        list(value, keyword, declared, SetupEntries.group(keyword), null, 0);
        return;
      }
      switch (value) {
        case Pairs pairs -> {
          for (Pair pair : pairs.pairs()) {
            extra(pair);
          }
        }
        case Computed unknown -> computed(keyword, unknown.line(), unknown.column());
        case PythonValue.FileText file -> computed(keyword, file.line(), file.column());
        case PythonValue.Other _ -> {}
        case PythonValue.Text wrong -> mustBe(wrong, keyword, "a dictionary of lists");
        case Items wrong -> mustBe(wrong, keyword, "a dictionary of lists");
      }
    }

    private void mustBe(PythonValue wrong, String keyword, String what) {
      entries.error(wrong.line(), wrong.column(), keyword + " must be " + what);
    }

    /// `"name": [...]`, `"name:marker": [...]` and `":marker": [...]`, which is no extra.
    private void extra(Pair pair) {
      if (!(pair.key() instanceof PythonValue.Text key)) {
        computed("an extra", pair.key().line(), pair.key().column());
        return;
      }
      int colon = key.text().indexOf(':');
      String name = colon < 0 ? key.text() : key.text().substring(0, colon);
      String condition = colon < 0 ? null : key.text().substring(colon + 1);
      boolean always = name.isBlank();
      list(
          pair.value(),
          "the extra '" + key.text() + "'",
          always ? Scope.RUNTIME : Scope.OPTIONAL,
          always ? null : name,
          condition == null || condition.isBlank() ? null : condition,
          0);
    }

    /// A list of requirements, text with one a line, or a requirement file.
    private void list(
        PythonValue value,
        String where,
        Scope declared,
        @Nullable String group,
        @Nullable String condition,
        int depth) {
      switch (value) {
        case Items items -> {
          for (PythonValue item : items.items()) {
            if (depth == MAX_DEPTH || !declaring.allows(1)) {
              computed(where, items.line(), items.column());
              return;
            }
            list(item, where, declared, group, condition, depth + 1);
          }
        }
        case PythonValue.Text text -> {
          int line = text.line();
          for (String each : text.text().split("\n", -1)) {
            int column = line == text.line() ? text.column() + 1 : 1;
            requirement(each, line++, column, where, declared, group, condition);
          }
        }
        case PythonValue.FileText file -> {
          if (isRequirements(file.path())) {
            entries.include(file.path());
          } else {
            computed(where, file.line(), file.column());
          }
        }
        case Computed unknown -> computed(where, unknown.line(), unknown.column());
        case PythonValue.Other _ -> {}
        case Pairs wrong -> mustBe(wrong, where, "a list of requirements");
      }
    }

    /// A version that is computed is said and left out: the name is known all the same.
    private void requirement(
        String text,
        int line,
        int column,
        String where,
        Scope declared,
        @Nullable String group,
        @Nullable String condition) {
      if (!text.contains(PythonValue.UNKNOWN)) {
        entries.requirement(text, line, column, where, declared, group, condition);
        return;
      }
      String known = PartlyKnown.known(text);
      if (known == null) {
        computed(where, line, Math.max(1, column - 1));
      } else {
        entries.warning(
            line,
            column,
            "a part of '"
                + PartlyKnown.shown(text)
                + "' in "
                + where
                + " is computed and not read");
        entries.requirement(known, line, column, where, declared, group, condition);
      }
    }

    private static boolean isRequirements(String path) {
      String name = Paths.name(path).toLowerCase(Locale.ROOT);
      return name.endsWith(".txt")
          || name.endsWith(".in")
          || name.endsWith(".pip")
          || name.contains("require")
          || name.contains("reqs");
    }
  }
}
