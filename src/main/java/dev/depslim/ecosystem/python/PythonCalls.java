package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonExpression.Arguments;
import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.FileText;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import dev.depslim.ecosystem.python.PythonValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What calls in a `setup.py` give: the constructors and methods of Python's own types, paths and
/// open files, functions of the module itself, and helpers that are handed a requirement file.
final class PythonCalls {
  private PythonCalls() {}

  /// `name(…)`.
  static PythonValue function(Token name, Arguments arguments, PythonScope scope) {
    PythonScope.Function own = scope.function(name.text());
    if (own != null) {
      PythonValue returned = scope.call(own, arguments.named(), arguments.positional());
      if (returned != null && !(returned instanceof Computed)) {
        return returned;
      }
    }
    return called(name.text(), new Computed(name.line(), name.column()), arguments, name, scope);
  }

  /// `value.name(…)`.
  static PythonValue method(
      PythonValue value, String name, Arguments arguments, Token at, PythonScope scope) {
    PythonValue known =
        switch (value) {
          case FileText file -> file;
          case Text text -> ofText(text, name, arguments, at, scope);
          case Items items -> name.equals("copy") ? copied(items) : null;
          case Pairs pairs -> ofPairs(pairs, name, arguments);
          case Computed computed -> called(name, computed, arguments, at, scope);
          case PythonValue.Other _ -> null;
        };
    return known != null ? known : new Computed(at.line(), at.column());
  }

  private static PythonValue called(
      String name, PythonValue on, Arguments arguments, Token at, PythonScope scope) {
    List<PythonValue> values = arguments.positional();
    PythonValue first = values.isEmpty() ? null : values.getFirst();
    Computed computed = new Computed(at.line(), at.column());
    PythonValue known =
        switch (name) {
          case "list", "tuple", "set", "sorted", "frozenset" ->
              first == null ? new Items(new ArrayList<>(), at.line(), at.column()) : copied(first);
          case "filter", "map" -> values.isEmpty() ? null : copied(values.getLast());
          case "dict", "OrderedDict", "defaultdict" -> dictionary(arguments, at);
          case "sum", "chain", "from_iterable" -> flattened(values, scope);
          case "join", "joinpath", "Path", "PurePath", "abspath", "realpath", "normpath", "str" ->
              PythonOperators.path(on, values, at.line(), at.column());
          case "open", "read_text" -> first instanceof Text path ? file(path, at, scope) : null;
          default -> null;
        };
    return known != null && !(known instanceof Computed)
        ? known
        : fileAmong(values, at, scope, computed);
  }

  /// A helper that is handed a requirement file, or its lines, is taken to return what it says.
  private static PythonValue fileAmong(
      List<PythonValue> values, Token at, PythonScope scope, PythonValue otherwise) {
    for (PythonValue value : values) {
      PythonValue named = value instanceof Text path ? file(path, at, scope) : null;
      PythonValue file = named != null ? named : value;
      boolean lines =
          file instanceof Items items
              && !items.items().isEmpty()
              && items.items().stream().allMatch(item -> item instanceof FileText);
      if (file instanceof FileText || lines) {
        return file;
      }
    }
    return otherwise;
  }

  private static @Nullable PythonValue file(Text path, Token at, PythonScope scope) {
    String found = scope.file(path.text());
    return found == null ? null : new FileText(found, at.line(), at.column());
  }

  private static @Nullable PythonValue copied(PythonValue value) {
    return switch (value) {
      case Items items -> new Items(new ArrayList<>(items.items()), items.line(), items.column());
      case Pairs pairs -> keys(pairs);
      case FileText file -> file;
      case Text _, PythonValue.Other _, Computed _ -> null;
    };
  }

  private static Items keys(Pairs pairs) {
    List<PythonValue> keys = new ArrayList<>(pairs.pairs().stream().map(Pair::key).toList());
    return new Items(keys, pairs.line(), pairs.column());
  }

  private static PythonValue dictionary(Arguments arguments, Token at) {
    Pairs pairs = new Pairs(new ArrayList<>(), at.line(), at.column());
    for (PythonValue value : arguments.positional()) {
      if (value instanceof Pairs known) {
        pairs.put(known.pairs());
      }
    }
    pairs.put(arguments.named());
    return pairs;
  }

  /// `sum(lists, [])`, `chain(*lists)`, `chain.from_iterable(lists)`.
  private static @Nullable PythonValue flattened(List<PythonValue> values, PythonScope scope) {
    List<PythonValue> out = new ArrayList<>();
    for (PythonValue value : values) {
      if (!(value instanceof Items) && !(value instanceof FileText)) {
        return null;
      }
      if (value instanceof Items list && list.items().stream().allMatch(PythonCalls::isIterable)) {
        for (PythonValue inner : list.items()) {
          if (!scope.effort().allows(PythonOperators.size(inner))) {
            return null;
          }
          out.addAll(inner instanceof Items items ? items.items() : List.of(inner));
        }
      } else {
        out.addAll(value instanceof Items items ? items.items() : List.of(value));
      }
    }
    return out.isEmpty() ? null : new Items(out, out.getFirst().line(), out.getFirst().column());
  }

  private static boolean isIterable(PythonValue value) {
    return value instanceof Items || value instanceof FileText;
  }

  private static @Nullable PythonValue ofPairs(Pairs pairs, String name, Arguments arguments) {
    return switch (name) {
      case "keys" -> keys(pairs);
      case "values" ->
          new Items(
              new ArrayList<>(pairs.pairs().stream().map(Pair::value).toList()),
              pairs.line(),
              pairs.column());
      case "items" -> {
        List<PythonValue> rows = new ArrayList<>();
        for (Pair pair : pairs.pairs()) {
          rows.add(
              new Items(
                  new ArrayList<>(List.of(pair.key(), pair.value())),
                  pair.key().line(),
                  pair.key().column()));
        }
        yield new Items(rows, pairs.line(), pairs.column());
      }
      case "copy" -> new Pairs(new ArrayList<>(pairs.pairs()), pairs.line(), pairs.column());
      case "get", "pop" ->
          !arguments.positional().isEmpty()
                  && arguments.positional().getFirst() instanceof Text(String key, _, _)
              ? pairs.get(key)
              : null;
      default -> null;
    };
  }

  private static @Nullable PythonValue ofText(
      Text text, String name, Arguments arguments, Token at, PythonScope scope) {
    List<PythonValue> values = arguments.positional();
    PythonValue argument = values.isEmpty() ? null : values.getFirst();
    return switch (name) {
      case "strip", "lstrip", "rstrip" -> argument == null ? text : null;
      case "lower" -> new Text(text.text().toLowerCase(Locale.ROOT), text.line(), text.column());
      case "format" -> PythonOperators.format(text, arguments);
      case "splitlines" -> lines(text);
      case "split" ->
          argument == null
              ? words(text)
              : argument instanceof Text separator && separator.text().equals("\n")
                  ? lines(text)
                  : null;
      case "join" -> joined(text, argument);
      case "replace" ->
          values.size() == 2
                  && values.get(0) instanceof Text old
                  && values.get(1) instanceof Text by
              ? PythonOperators.replaced(text, old, by)
              : null;
      case "joinpath" -> PythonOperators.path(text, values, text.line(), text.column());
      case "open", "read_text", "read_bytes" -> file(text, at, scope);
      case "resolve", "absolute", "as_posix", "expanduser" -> text;
      default -> null;
    };
  }

  private static @Nullable PythonValue joined(Text separator, @Nullable PythonValue list) {
    if (list instanceof FileText || !(list instanceof Items items)) {
      return list instanceof FileText ? list : null;
    }
    List<String> parts = new ArrayList<>();
    for (PythonValue item : items.items()) {
      if (!(item instanceof Text part)) {
        return null;
      }
      parts.add(part.text());
    }
    return PythonOperators.joined(separator.text(), parts, items.line(), items.column());
  }

  private static Items lines(Text text) {
    List<PythonValue> out = new ArrayList<>();
    int line = text.line();
    for (String each : text.text().split("\n", -1)) {
      // Behind the quote in the first line; further lines have none in front of them.
      int column = line == text.line() ? text.column() : 0;
      out.add(new Text(each, line++, column));
    }
    return new Items(out, text.line(), text.column());
  }

  private static Items words(Text text) {
    List<PythonValue> out = new ArrayList<>();
    for (PythonValue line : lines(text).items()) {
      if (line instanceof Text(String each, int number, int column)) {
        for (String word : each.split("\\s+")) {
          if (!word.isEmpty()) {
            out.add(new Text(word, number, column));
          }
        }
      }
    }
    return new Items(out, text.line(), text.column());
  }
}
