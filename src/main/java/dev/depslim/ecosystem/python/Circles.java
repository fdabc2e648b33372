package dev.depslim.ecosystem.python;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Finds what leads back to itself among things that name others (Tarjan's strongly connected
/// components). Each thing is asked once, however many name it and however long the ways are.
final class Circles {
  private final Function<String, List<String>> named;
  private final Map<String, Integer> order = new HashMap<>();

  /// Things of one circle have one number; what is in none has a number of its own.
  private final Map<String, Integer> circle = new HashMap<>();

  /// From where a circle can be reached, those within included.
  private final Set<String> winding = new HashSet<>();

  private final Deque<Visit> way = new ArrayDeque<>();
  private final List<String> open = new ArrayList<>();

  /// @param named what a thing names, in a fixed order
  Circles(Function<String, List<String>> named) {
    this.named = named;
  }

  private static final class Visit {
    final String name;
    final int order;
    final Iterator<String> next;
    int low;
    boolean winding;

    Visit(String name, int order, Iterator<String> next) {
      this.name = name;
      this.order = order;
      this.next = next;
      this.low = order;
    }
  }

  /// Whether something that a thing names leads back to the thing.
  synchronized boolean leadsBack(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    visit(from);
    Integer known = circle.get(from);
    return known != null && known.equals(circle.get(to));
  }

  /// Whether the ways from a thing lead into a circle somewhere.
  synchronized boolean leadsIntoOne(String from) {
    visit(from);
    return winding.contains(from);
  }

  private void visit(String start) {
    if (order.containsKey(start)) {
      return;
    }
    begin(start);
    for (Visit at = way.peek(); at != null; at = way.peek()) {
      if (at.next.hasNext()) {
        follow(at, at.next.next());
      } else {
        end(at);
      }
    }
  }

  private void begin(String name) {
    int number = order.size();
    order.put(name, number);
    open.add(name);
    way.push(new Visit(name, number, named.apply(name).iterator()));
  }

  private void follow(Visit at, String to) {
    Integer known = order.get(to);
    if (known == null) {
      begin(to);
    } else if (circle.containsKey(to)) {
      at.winding |= winding.contains(to);
    } else {
      at.low = Math.min(at.low, known);
      at.winding = true;
    }
  }

  private void end(Visit at) {
    way.pop();
    if (at.low == at.order) {
      String last;
      do {
        last = open.removeLast();
        circle.put(last, at.order);
        if (at.winding) {
          winding.add(last);
        }
      } while (!last.equals(at.name));
    }
    Visit before = way.peek();
    if (before != null) {
      before.low = Math.min(before.low, at.low);
      before.winding |= at.winding;
    }
  }
}
