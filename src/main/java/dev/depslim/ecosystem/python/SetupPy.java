package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.python.PythonTokens.Kind;
import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Manifest;
import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `setup.py`, read and never run: the literal arguments of `setup(…)`, and what names of the
/// module are known to be. What only running it would tell is said, with its place.
public final class SetupPy implements ManifestReader {
  private static final int MAX_DEPTH = 100;

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
    new Reading(entries, source.tokens()).run();
    return entries.manifest("setup.py");
  }

  /// One file while it is read, statement by statement.
  private static final class Reading {
    private final SetupEntries entries;
    private final List<Token> tokens;
    private final Map<String, PythonValue> names = new HashMap<>();
    private final PythonEffort effort = new PythonEffort();

    /// The same for what is declared: a list may stand in another many times.
    private final PythonEffort declaring = new PythonEffort();

    /// In how many lists what is read stands.
    private int depth;

    /// Indent of the `def` or `class` whose body is passed, or -1: its names are its own.
    private int body = -1;

    Reading(SetupEntries entries, List<Token> tokens) {
      this.entries = entries;
      this.tokens = tokens;
    }

    void run() {
      int start = 0;
      for (int i = 0; i < tokens.size(); i++) {
        if (tokens.get(i).kind() == Kind.END) {
          statement(start, i);
          start = i + 1;
        }
      }
    }

    private void statement(int from, int to) {
      if (from == to) {
        return;
      }
      Token first = tokens.get(from);
      if (body >= 0 && first.indent() <= body) {
        body = -1;
      }
      int call = setupCall(from, to);
      if (call >= 0) {
        setup(new PythonExpression(tokens.subList(0, to), call, names, effort).arguments());
        return;
      }
      if (first.isName("def") || first.isName("class") || first.isName("async")) {
        body = body < 0 ? first.indent() : body;
      } else if (body < 0 && first.kind() == Kind.NAME) {
        change(first, from, to);
      }
    }

    /// Index of the `(` of `setup(`, `setuptools.setup(` or `x = setup(`, or -1.
    private int setupCall(int from, int to) {
      for (int i = from; i + 1 < to; i++) {
        boolean defined = i > from && tokens.get(i - 1).isName("def");
        if (tokens.get(i).isName("setup") && tokens.get(i + 1).is("(") && !defined) {
          boolean whole =
              i == from
                  || tokens.get(i - 1).is("=")
                  || (tokens.get(i - 1).is(".") && tokens.get(i - 2).kind() == Kind.NAME);
          return whole ? i + 1 : -1;
        }
      }
      return -1;
    }

    /// `x = …`, `x: T = …`, `x += …`, `x["k"] = …`, `x.append(…)`, `x.extend(…)`, `x.update(…)`.
    private void change(Token name, int from, int to) {
      Token next = from + 1 < to ? tokens.get(from + 1) : name;
      if (next.is("=")) {
        names.put(name.text(), value(from + 2, to));
      } else if (next.is(":")) {
        for (int i = from + 2; i < to; i++) {
          if (tokens.get(i).is("=")) {
            names.put(name.text(), value(i + 1, to));
            return;
          }
        }
      } else if (next.is("+=")) {
        add(name, value(from + 2, to));
      } else if (next.is("[")) {
        element(name, from, to);
      } else if (next.is(".") && from + 4 < to && tokens.get(from + 3).is("(")) {
        call(name, tokens.get(from + 2).text(), from, to);
      }
    }

    private PythonValue value(int from, int to) {
      return new PythonExpression(tokens.subList(0, to), from, names, effort).value();
    }

    private void add(Token name, PythonValue more) {
      PythonValue known = names.get(name.text());
      if (known instanceof Items list && effort.allowsLooking(list.items().size())) {
        PythonSum sum = new PythonSum(list, effort);
        sum.add(more);
        names.put(name.text(), sum.value());
      } else if (known != null) {
        names.put(name.text(), new Computed(name.line(), name.column()));
      }
    }

    /// `x["k"] = …` and `x["k"] += …`.
    private void element(Token name, int from, int to) {
      PythonExpression expression =
          new PythonExpression(tokens.subList(0, to), from + 2, names, effort);
      PythonValue key = expression.value();
      int at = expression.position();
      boolean closed = at + 1 < to && tokens.get(at).is("]");
      if (!(names.get(name.text()) instanceof Pairs pairs) || !closed) {
        return;
      }
      boolean more = tokens.get(at + 1).is("+=");
      if (!more && !tokens.get(at + 1).is("=")) {
        return;
      }
      PythonValue value = value(at + 2, to);
      if (more) {
        PythonValue before = key instanceof PythonValue.Text text ? pairs.get(text.text()) : null;
        value = joined(before, value);
      }
      put(name, pairs, List.of(new Pair(key, value)));
    }

    private PythonValue joined(@Nullable PythonValue before, PythonValue more) {
      if (before instanceof Items && more instanceof Items) {
        PythonSum sum = new PythonSum(before, effort);
        sum.add(more);
        return sum.value();
      }
      return new Computed(more.line(), more.column());
    }

    private void put(Token name, Pairs pairs, List<Pair> more) {
      if (!effort.allowsLooking(pairs.pairs().size() + more.size())) {
        names.put(name.text(), new Computed(name.line(), name.column()));
        return;
      }
      List<Pair> all = new ArrayList<>(pairs.pairs());
      for (Pair pair : more) {
        if (pair.key() instanceof PythonValue.Text key) {
          all.removeIf(known ->
              known.key() instanceof PythonValue.Text text && text.text().equals(key.text()));
        }
        all.add(pair);
      }
      names.put(name.text(), new Pairs(all, pairs.line(), pairs.column()));
    }

    private void call(Token name, String method, int from, int to) {
      PythonValue known = names.get(name.text());
      switch (method) {
        case "append" -> {
          PythonValue item = value(from + 4, to);
          add(name, new Items(List.of(item), item.line(), item.column()));
        }
        case "extend" -> add(name, value(from + 4, to));
        case "update" -> {
          if (known instanceof Pairs pairs) {
            put(
                name,
                pairs,
                new PythonExpression(tokens.subList(0, to), from + 3, names, effort).arguments());
          }
        }
        default -> {}
      }
    }

    private void setup(List<Pair> arguments) {
      for (Pair argument : arguments) {
        if (argument.key() instanceof PythonValue.Text key
            && key.text().equals("name")
            && argument.value() instanceof PythonValue.Text name) {
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
      Scope scope = SetupEntries.scope(keyword);
      if (scope == null) {
        return;
      }
      if (scope != Scope.OPTIONAL) {
        list(value, keyword, scope, SetupEntries.group(keyword), null);
        return;
      }
      switch (value) {
        case Pairs pairs -> {
          for (Pair pair : pairs.pairs()) {
            extra(pair);
          }
        }
        case Computed unknown -> computed(keyword, unknown.line(), unknown.column());
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
          condition == null || condition.isBlank() ? null : condition);
    }

    /// A list of requirements, or text with one a line.
    private void list(
        PythonValue value,
        String where,
        Scope scope,
        @Nullable String group,
        @Nullable String condition) {
      switch (value) {
        case Items items -> {
          for (PythonValue item : items.items()) {
            if (depth > MAX_DEPTH || !declaring.allows(1)) {
              computed(where, items.line(), items.column());
              return;
            }
            depth++;
            list(item, where, scope, group, condition);
            depth--;
          }
        }
        case PythonValue.Text text -> {
          int line = text.line();
          for (String each : text.text().split("\n", -1)) {
            int column = line == text.line() ? text.column() + 1 : 1;
            entries.requirement(each, line++, column, where, scope, group, condition);
          }
        }
        case Computed unknown -> computed(where, unknown.line(), unknown.column());
        case PythonValue.Other _ -> {}
        case Pairs wrong -> mustBe(wrong, where, "a list of requirements");
      }
    }
  }
}
