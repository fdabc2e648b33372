package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values joined by `+` and `%`, from left to right. A long sum is not copied for each of its
/// parts.
final class PythonSum {
  private final PythonEffort effort;
  private PythonValue left;

  /// The text or the items so far, where more than one part was joined.
  private @Nullable StringBuilder text;

  private @Nullable List<PythonValue> items;

  PythonSum(PythonValue first, PythonEffort effort) {
    this.left = first;
    this.effort = effort;
  }

  PythonValue value() {
    if (text != null) {
      left = new Text(text.toString(), left.line(), left.column());
    } else if (items != null) {
      left = new Items(items, left.line(), left.column());
    }
    text = null;
    items = null;
    return left;
  }

  void add(PythonValue right) {
    boolean isText = text != null || items == null && left instanceof Text;
    if (!effort.allows(size(right))) {
      computed();
    } else if (isText && right instanceof Text(String more, int _, int _)) {
      if (text == null) {
        text = new StringBuilder(((Text) left).text());
      }
      text.append(more);
    } else if (items != null || left instanceof Items || right instanceof Items) {
      addTo(list(), right);
    } else {
      computed();
    }
  }

  private List<PythonValue> list() {
    if (items == null) {
      items = new ArrayList<>();
      addTo(items, left);
      text = null;
    }
    return items;
  }

  private static void addTo(List<PythonValue> items, PythonValue part) {
    if (part instanceof Items list) {
      items.addAll(list.items());
    } else {
      items.add(new Computed(part.line(), part.column()));
    }
  }

  private static int size(PythonValue value) {
    return switch (value) {
      case Text some -> some.text().length();
      case Items some -> some.items().size();
      case PythonValue.Pairs _, PythonValue.Other _, Computed _ -> 1;
    };
  }

  private void computed() {
    left = new Computed(left.line(), left.column());
    text = null;
    items = null;
  }

  /// `"a==%s" % version`.
  void fillIn(PythonValue right) {
    List<PythonValue> values = right instanceof Items tuple ? tuple.items() : List.of(right);
    String filled =
        value() instanceof Text(String pattern, int _, int _) ? filled(pattern, values) : null;
    if (filled != null && effort.allows(filled.length())) {
      left = new Text(filled, left.line(), left.column());
    } else {
      computed();
    }
  }

  private static @Nullable String filled(String pattern, List<PythonValue> values) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    int next = 0;
    for (int i = pattern.indexOf('%'); i >= 0; i = pattern.indexOf('%', from)) {
      if (!pattern.startsWith("%s", i)
          || next == values.size()
          || !(values.get(next) instanceof Text value)) {
        return null;
      }
      out.append(pattern, from, i).append(value.text());
      from = i + 2;
      next++;
    }
    return next == values.size() ? out.append(pattern.substring(from)).toString() : null;
  }
}
