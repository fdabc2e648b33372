package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.FileText;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Other;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import dev.depslim.ecosystem.python.PythonValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `+`, `%`, `/`, `|` and `or` make of known values, and texts with `{}` or `%s` in them. What
/// is not known of a text is [PythonValue#UNKNOWN] in it.
final class PythonOperators {
  private static final int MAX_TEXT = 1 << 20;
  private static final Pattern PERCENT = Pattern.compile("%(?:\\((\\w+)\\))?([sdr%])");
  private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}");

  private PythonOperators() {}

  /// How much a value adds to another.
  static int size(PythonValue value) {
    return switch (value) {
      case Text text -> text.text().length();
      case Items items -> items.items().size();
      case Pairs pairs -> pairs.pairs().size();
      case FileText _, Other _, Computed _ -> 1;
    };
  }

  static boolean isOperator(Token token) {
    return token.is("+") || token.is("%") || token.is("/") || token.is("|") || token.isName("or");
  }

  static PythonValue value(PythonValue left, Token operator, PythonValue right) {
    return switch (operator.text()) {
      case "+" -> sum(left, right);
      case "%" -> filledIn(left, right);
      case "/" -> path(left, List.of(right), left.line(), left.column());
      case "|" -> left instanceof Pairs ? union(left, right) : sum(left, right);
      default -> left instanceof FileText || right instanceof Computed ? left : computed(left);
    };
  }

  /// What one of two values is: of lists all that stands in either, as of two branches.
  static @Nullable PythonValue either(PythonValue yes, PythonValue no) {
    if (yes instanceof FileText && !(no instanceof FileText)) {
      return yes;
    }
    if (no instanceof FileText && !(yes instanceof FileText)) {
      return no;
    }
    boolean lists = yes instanceof Items && (no instanceof Items || no instanceof Other);
    return lists ? no instanceof Items ? sum(yes, no) : yes : null;
  }

  private static PythonValue computed(PythonValue at) {
    return new Computed(at.line(), at.column());
  }

  private static PythonValue text(String text, PythonValue at) {
    return text.length() > MAX_TEXT ? computed(at) : new Text(text, at.line(), at.column());
  }

  private static PythonValue sum(PythonValue left, PythonValue right) {
    if (left instanceof Text text) {
      return text(text.text() + known(right), left);
    }
    if (left instanceof Items || (right instanceof Items && !(left instanceof Computed))) {
      List<PythonValue> items = new ArrayList<>();
      for (PythonValue part : List.of(left, right)) {
        if (part instanceof Items list) {
          items.addAll(list.items());
        } else {
          items.add(part instanceof FileText ? part : computed(part));
        }
      }
      return new Items(items, left.line(), left.column());
    }
    if (right instanceof Items list) {
      List<PythonValue> items = new ArrayList<>(list.items());
      items.addFirst(computed(left));
      return new Items(items, left.line(), left.column());
    }
    return left instanceof FileText ? left : computed(left);
  }

  private static PythonValue union(PythonValue left, PythonValue right) {
    if (!(left instanceof Pairs a) || !(right instanceof Pairs b)) {
      return computed(left);
    }
    Pairs all = new Pairs(new ArrayList<>(a.pairs()), a.line(), a.column());
    all.put(b.pairs());
    return all;
  }

  static String known(@Nullable PythonValue value) {
    return value instanceof Text text ? text.text() : PythonValue.UNKNOWN;
  }

  /// The path that parts make; those that are not known, such as the folder of the module, are left
  /// out. Computed where none is known.
  static PythonValue path(PythonValue first, List<PythonValue> more, int line, int column) {
    List<String> parts = new ArrayList<>();
    List<PythonValue> all = new ArrayList<>(List.of(first));
    all.addAll(more);
    for (PythonValue part : all) {
      if (part instanceof Text text) {
        parts.add(text.text());
      }
    }
    return parts.isEmpty() ? new Computed(line, column) : joined("/", parts, line, column);
  }

  /// Texts as one; computed where that is too long.
  static PythonValue joined(String separator, List<String> parts, int line, int column) {
    long length = (long) separator.length() * parts.size();
    for (String part : parts) {
      length += part.length();
    }
    return length > MAX_TEXT
        ? new Computed(line, column)
        : new Text(String.join(separator, parts), line, column);
  }

  /// `text.replace(old, by)`; null where it may become too long.
  static @Nullable PythonValue replaced(Text text, Text old, Text by) {
    long places = 1 + text.text().length() / Math.max(1, old.text().length());
    return text.text().length() + places * by.text().length() > MAX_TEXT
        ? null
        : new Text(text.text().replace(old.text(), by.text()), text.line(), text.column());
  }

  /// `"a==%s" % version`.
  private static PythonValue filledIn(PythonValue left, PythonValue right) {
    if (!(left instanceof Text text)) {
      return computed(left);
    }
    List<PythonValue> values = right instanceof Items tuple ? tuple.items() : List.of(right);
    StringBuilder out = new StringBuilder();
    Matcher matcher = PERCENT.matcher(text.text());
    int next = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      String value;
      if ("%".equals(matcher.group(2))) {
        value = "%";
      } else if (name != null) {
        value = known(right instanceof Pairs pairs ? pairs.get(name) : null);
      } else {
        value = known(next < values.size() ? values.get(next) : null);
        next++;
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(value));
      if (out.length() > MAX_TEXT) {
        return computed(left);
      }
    }
    return text(matcher.appendTail(out).toString(), left);
  }

  /// `"{}=={v}".format(name, v=version)`.
  static PythonValue format(Text text, PythonExpression.Arguments arguments) {
    int[] next = new int[1];
    String out =
        replaced(
            text.text(),
            field -> {
              String key = field.isEmpty() ? String.valueOf(next[0]++) : field;
              List<PythonValue> values = arguments.positional();
              boolean number = key.chars().allMatch(c -> c >= '0' && c <= '9') && key.length() < 6;
              return known(
                  number
                      ? Integer.parseInt(key) < values.size()
                          ? values.get(Integer.parseInt(key))
                          : null
                      : new Pairs(arguments.named(), 0, 0).get(key));
            });
    return text(out, text);
  }

  /// A text in quotes with `f` in front.
  static String formatted(String text, PythonScope scope) {
    return replaced(
        text,
        name -> {
          String value = known(scope.get(name));
          return scope.effort().allows(value.length()) ? value : PythonValue.UNKNOWN;
        });
  }

  private static String replaced(
      String text, java.util.function.UnaryOperator<String> valueOfField) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = BRACES.matcher(text);
    while (matcher.find()) {
      String field = matcher.group(1);
      String value =
          field != null ? valueOfField.apply(field.strip()) : matcher.group().substring(1);
      matcher.appendReplacement(out, Matcher.quoteReplacement(value));
      if (out.length() > MAX_TEXT) {
        return PythonValue.UNKNOWN;
      }
    }
    return matcher.appendTail(out).toString();
  }
}
