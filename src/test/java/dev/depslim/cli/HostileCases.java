package dev.depslim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Every [HostileCase].
final class HostileCases {
  private HostileCases() {}

  static List<HostileCase> all() {
    List<HostileCase> all = new ArrayList<>();
    all.addAll(HostileNode.all());
    all.addAll(HostileNodeLocks.all());
    all.addAll(HostileRequirements.all());
    all.addAll(HostileCircles.all());
    all.addAll(HostilePyproject.all());
    all.addAll(HostileSetup.all());
    all.addAll(HostilePythonLocks.all());
    all.addAll(HostileSettings.all());
    return all;
  }

  /// Pieces made of the numbers from 0, with commas between.
  static String list(int count, IntFunction<String> piece) {
    return joined(count, ",", piece);
  }

  static String joined(int count, String between, IntFunction<String> piece) {
    return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining(between));
  }

  /// A file beside which nothing lies, and that declares flask.
  static HostileCase file(String path, String name, IntFunction<String> text) {
    return new HostileCase(path + ": " + name).file(path, text).reads("flask");
  }

  /// Nine lists, each of nine times the one before.
  static IntFunction<String> bomb(String last) {
    return _ -> {
      StringBuilder text =
          new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
      for (int i = 1; i < 9; i++) {
        String before = "*a" + (i - 1);
        text.append("a" + i + ": &a" + i + " [" + joined(9, ", ", _ -> before) + "]\n");
      }
      return text + last + ": *a8\n";
    };
  }
}
