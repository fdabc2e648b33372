package dev.depslim.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.resolver.Resolver;

/// YAML 1.1 as plain data: no types of any language, limits on aliases, depth and size.
///
/// The tree is made of the parser's events; its nodes and constructors would cost more than the
/// reading itself.
public final class Yaml {
  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_NODES = 2_000_000;
  private static final int MAX_ALIASES = 50;
  private static final int MAX_DEPTH = 100;

  private Yaml() {}

  /// The first document as a tree with positions; aliases are expanded. An empty file is an empty
  /// [Tree.Mapping].
  ///
  /// @throws SyntaxException where the text is not YAML or exceeds the limits
  public static Tree parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new SyntaxException(0, 0, "larger than 64 MiB");
    }
    YamlText text = text(bytes);
    try {
      return new Builder(new ParserImpl(text, YamlText.options())).document();
    } catch (YAMLException e) {
      throw problem(e, bytes);
    } catch (IllegalArgumentException _) {
      throw noEscape(text);
    }
  }

  static YamlText text(byte[] bytes) {
    try {
      return YamlText.of(bytes);
    } catch (YAMLException e) {
      throw problem(e, bytes);
    }
  }

  /// The parser takes digits of an escape, such as `\x`, for a number without a look at them.
  static SyntaxException noEscape(YamlText text) {
    Mark mark = text.getMark();
    return new SyntaxException(
        mark.getLine() + 1,
        mark.getColumn() + 1,
        "an escape in double quotes that is no character: write 2 hexadecimal digits after \\x, 4"
            + " after \\u, 8 after \\U");
  }

  /// What the parser says, with its place.
  static SyntaxException problem(YAMLException e, byte[] bytes) {
    if (e instanceof MarkedYAMLException marked) {
      Mark mark = marked.getProblemMark();
      return new SyntaxException(
          mark == null ? 0 : mark.getLine() + 1,
          mark == null ? 0 : mark.getColumn() + 1,
          marked.getProblem() == null ? "not YAML" : printable(marked.getProblem()));
    }
    if (e instanceof ReaderException reader) {
      return atCodePoint(
          bytes,
          reader.getPosition(),
          String.format("the character U+%04X, which YAML does not allow", reader.getCodePoint()));
    }
    int broken = Utf8.firstMistake(bytes, Json.skipByteOrderMark(bytes));
    if (broken >= 0) {
      String before = new String(bytes, 0, broken, StandardCharsets.UTF_8);
      return atCodePoint(bytes, before.codePointCount(0, before.length()), Utf8.MESSAGE);
    }
    return new SyntaxException(0, 0, "not YAML");
  }

  /// The parser puts the very character into its message.
  private static String printable(String message) {
    StringBuilder out = new StringBuilder(message.length());
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      out.append(c < ' ' || c == 0x7f || c == '\u0085' || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return out.toString();
  }

  /// A mistake in a text of which the place is counted from its beginning.
  private static SyntaxException atCodePoint(byte[] bytes, int position, String message) {
    int line = 1;
    int column = 1;
    int[] text = new String(bytes, StandardCharsets.UTF_8).codePoints().limit(position).toArray();
    for (int c : text) {
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return new SyntaxException(line, column, message);
  }

  private static final class Builder {
    /// A node that aliases can name, and how many nodes it stands for.
    private record Anchored(Tree tree, int nodes) {}

    private final Parser events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private @Nullable Resolver resolver;
    private int nodes;
    private int aliases;

    Builder(Parser events) {
      this.events = events;
    }

    Tree document() {
      events.getEvent();
      if (events.checkEvent(Event.ID.StreamEnd)) {
        return new Tree.Mapping(List.of(), 1, 1);
      }
      events.getEvent();
      Tree tree = node(events.getEvent(), 0);
      events.getEvent();
      if (!events.checkEvent(Event.ID.StreamEnd)) {
        throw error(events.peekEvent(), "a second document: only one can be read");
      }
      return tree;
    }

    private Tree node(Event event, int depth) {
      if (event instanceof AliasEvent alias) {
        return alias(alias);
      }
      if (depth > MAX_DEPTH) {
        throw error(event, "nested deeper than " + MAX_DEPTH + " levels");
      }
      int before = nodes;
      count(event, 1);
      String anchor = event instanceof NodeEvent named ? named.getAnchor() : null;
      if (anchor != null) {
        open.add(anchor);
      }
      Tree tree =
          switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> sequence(event, depth);
            case MappingStart -> mapping(event, depth);
            case Alias,
                DocumentEnd,
                DocumentStart,
                MappingEnd,
                SequenceEnd,
                StreamEnd,
                StreamStart,
                Comment ->
                throw error(event, "unexpected " + event.getEventId());
          };
      if (anchor != null) {
        open.remove(anchor);
        anchors.put(anchor, new Anchored(tree, nodes - before));
      }
      return tree;
    }

    private Tree alias(AliasEvent alias) {
      String name = alias.getAnchor();
      if (open.contains(name)) {
        throw error(alias, "an alias that contains itself");
      }
      Anchored target = anchors.get(name);
      if (target == null) {
        throw error(alias, "found undefined alias " + name);
      }
      if (!(target.tree instanceof Tree.Scalar) && ++aliases > MAX_ALIASES) {
        throw error(alias, "more than " + MAX_ALIASES + " aliases of lists and mappings");
      }
      count(alias, target.nodes);
      return target.tree;
    }

    private void count(Event event, int more) {
      nodes += more;
      if (nodes > MAX_NODES) {
        throw error(event, "more than " + MAX_NODES + " nodes");
      }
    }

    private Tree mapping(Event start, int depth) {
      List<Tree.Member> members = new ArrayList<>();
      while (!events.checkEvent(Event.ID.MappingEnd)) {
        Event key = events.getEvent();
        if (!(node(key, depth + 1) instanceof Tree.Scalar name)) {
          throw error(key, "a key that is not plain text");
        }
        Tree value = node(events.getEvent(), depth + 1);
        members.add(new Tree.Member(name.text(), line(key), column(key), value));
      }
      events.getEvent();
      return new Tree.Mapping(members, line(start), column(start));
    }

    private Tree sequence(Event start, int depth) {
      List<Tree> items = new ArrayList<>();
      while (!events.checkEvent(Event.ID.SequenceEnd)) {
        items.add(node(events.getEvent(), depth + 1));
      }
      events.getEvent();
      return new Tree.Sequence(items, line(start), column(start));
    }

    private Tree scalar(ScalarEvent event) {
      return new Tree.Scalar(kind(event), event.getValue(), line(event), column(event));
    }

    private Tree.Kind kind(ScalarEvent event) {
      String text = event.getValue();
      String written = event.getTag();
      if (written == null && (!event.isPlain() || isPlainlyText(text))) {
        return Tree.Kind.STRING;
      }
      Tag tag = written == null || written.equals("!") ? null : new Tag(written);
      if (tag == null) {
        if (resolver == null) {
          resolver = new Resolver();
        }
        tag = resolver.resolve(NodeId.scalar, text, event.getImplicit().canOmitTagInPlainScalar());
      }
      if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
        return Tree.Kind.NUMBER;
      }
      if (tag.equals(Tag.BOOL)) {
        return Tree.Kind.BOOLEAN;
      }
      if (tag.equals(Tag.NULL)) {
        return Tree.Kind.NULL;
      }
      return tag.equals(Tag.TIMESTAMP) ? Tree.Kind.TIME : Tree.Kind.STRING;
    }

    /// What needs no regular expression: it begins with a letter and is longer than `false`.
    private static boolean isPlainlyText(String text) {
      if (text.length() <= "false".length()) {
        return false;
      }
      char first = text.charAt(0);
      return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '@';
    }

    private static int line(Event event) {
      return event.getStartMark().getLine() + 1;
    }

    private static int column(Event event) {
      return event.getStartMark().getColumn() + 1;
    }

    private static SyntaxException error(Event event, String message) {
      return new SyntaxException(line(event), column(event), message);
    }
  }
}
