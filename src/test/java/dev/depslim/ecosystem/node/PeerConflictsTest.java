package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.ecosystem.node.LockValidation.Problem;
import dev.depslim.ecosystem.node.LockValidation.Rule;
import dev.depslim.syntax.JsonObject;
import dev.depslim.syntax.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Locks that npm 11 wrote with `--legacy-peer-deps`, and what its `npm ci` says of them without
/// it: packages `lib` (requires old), `old` (peer react ^17) and `react` 16, 17, 18.
class PeerConflictsTest {
  private static final String LIB =
      "'node_modules/lib': {'version': '1.0.0', 'dependencies': {'old': '1'}}";
  private static final String OLD =
      "'node_modules/old': {'version': '1.0.0', 'peerDependencies': {'react': '^17.0.0'}}";
  private static final String REACT = "'node_modules/react': {'version': '18.0.0'}";

  @Test
  void anotherVersionIsKeptWhereTheProjectRequiresIt() {
    assertEquals(List.of(), rules("'dependencies': {'lib': '1', 'react': '18'}", LIB, OLD, REACT));
  }

  @Test
  void developmentHoldsAVersionToo() {
    assertEquals(
        List.of(),
        rules("'dependencies': {'lib': '1'}, 'devDependencies': {'react': '18'}", LIB, OLD, REACT));
  }

  @Test
  void withoutWhoRequiresItAnotherVersionIsReplaced() {
    assertEquals(List.of(Rule.INVALID), rules("'dependencies': {'lib': '1'}", LIB, OLD, REACT));
  }

  @Test
  void peersOfWhatTheProjectItselfRequiresAreNotKept() {
    assertEquals(
        List.of(Rule.INVALID), rules("'dependencies': {'old': '1', 'react': '18'}", OLD, REACT));
  }

  @Test
  void aVersionThatCouldLieLowerDoesNotHoldItsPlace() {
    assertEquals(
        List.of(Rule.INVALID),
        rules(
            "'dependencies': {'lib': '1'}",
            "'node_modules/lib': {'version': '1.0.0', 'dependencies': {'old': '1', 'react': '18'}}",
            OLD,
            REACT));
    assertEquals(
        List.of(),
        rules(
            "'dependencies': {'lib': '1', 'react': '16'}",
            "'node_modules/lib': {'version': '1.0.0', 'dependencies': {'old': '1', 'react': '18'}}",
            "'node_modules/lib/node_modules/react': {'version': '18.0.0'}",
            OLD,
            "'node_modules/react': {'version': '16.0.0'}"));
  }

  private static List<Rule> rules(String root, String... entries) {
    String[] all = new String[entries.length + 1];
    all[0] = "'': {" + root + "}";
    System.arraycopy(entries, 0, all, 1, entries.length);
    JsonObject packages = object(NpmWriterTest.lock(all)).object("packages");
    NpmTree tree =
        NpmTree.of(
            packages == null ? JsonObject.empty() : packages,
            Map.of("", NpmMeta.of(object("{" + root + "}"))),
            NpmSettings.NONE);
    return LockValidation.of(tree).stream().map(Problem::rule).toList();
  }

  private static JsonObject object(String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return (JsonObject) JsonText.parse(bytes).root();
  }
}
