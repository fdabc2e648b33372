package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.analysis.Impacts;
import dev.depslim.model.Analysis;
import dev.depslim.model.Impact;
import dev.depslim.model.Impact.Cause;
import dev.depslim.model.Snapshot;
import dev.depslim.report.JsonReport;
import dev.depslim.report.SnapshotReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Every lock of the conformance vectors, compared with the next one of its kind: once as a folder,
/// once as the report that was written of it.
class EarlierReportTest {
  private static final Context CONTEXT =
      new Context(
          new Streams(
              new ByteArrayInputStream(new byte[0]),
              new PrintWriter(new StringWriter()),
              new PrintWriter(new StringWriter()),
              Streams.Terminal.NONE,
              Map.of()),
          "test");

  private record Pair(Snapshot folder, Snapshot report) {}

  private static Pair read(Path folder) {
    Analysis analysis =
        ProjectScan.run(
            CONTEXT, new OnlineOptions(), folder, new PolicyOptions().load(CONTEXT, null));
    if (!ProjectScan.saysAnything(analysis)) {
      return new Pair(Snapshot.of(analysis), Snapshot.of(analysis));
    }
    byte[] report = new JsonReport("test").write(analysis).getBytes(StandardCharsets.UTF_8);
    return new Pair(Snapshot.of(analysis), SnapshotReader.read("base.json", report));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static Impact with(Impact impact, String against) {
    return new Impact(
        against,
        impact.production(),
        impact.everything(),
        impact.declarations(),
        impact.packages(),
        impact.fresh(),
        impact.fixed(),
        impact.notes());
  }

  @Test
  void folderAndReportGiveTheSameImpact() throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    Map<String, Integer> compared = new TreeMap<>();
    for (Path kind : list(Path.of(vectors, "locks"))) {
      List<Pair> pairs = new ArrayList<>();
      for (Path folder : list(kind)) {
        pairs.add(read(folder));
      }
      for (int i = 1; i < pairs.size(); i++) {
        Snapshot next = pairs.get(i).folder();
        Impact ofFolder = Impacts.of(pairs.get(i - 1).folder(), next);
        Impact ofReport = Impacts.of(pairs.get(i - 1).report(), next);
        String what = kind.getFileName() + " " + i;
        assertEquals(ofFolder, with(ofReport, ofFolder.against()), what);
        assertAddsUp(ofFolder.production(), what);
        assertAddsUp(ofFolder.everything(), what);
        assertEquals(Impacts.of(next, next).packages(), List.of(), "compared with itself: " + what);
        compared.merge(kind.getFileName().toString(), 1, Integer::sum);
      }
    }
    assertTrue(compared.values().stream().mapToInt(it -> it).sum() > 200, compared.toString());
  }

  private static void assertAddsUp(Impact.Ledger ledger, String what) {
    long bytes = 0;
    int packages = 0;
    for (Cause cause : ledger.causes()) {
      packages += cause.gained().packages() - cause.lost().packages();
      bytes += cause.bytes() == null ? 0 : cause.bytes();
    }
    assertEquals(ledger.after().packages() - ledger.before().packages(), packages, what);
    if (ledger.bytes() != null) {
      assertEquals(ledger.bytes(), bytes, what);
    }
  }
}
