package dev.depslim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.depslim.model.Analysis;
import dev.depslim.model.ImageReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private static final String SCHEMA = "report.schema.json";

  private static String json(Analysis analysis) {
    return new JsonReport("0.0.0").write(analysis);
  }

  private static Analysis withImages(Analysis analysis, ImageReport... images) {
    return new Analysis(
            analysis.root(),
            analysis.projects(),
            List.of(images),
            analysis.findings(),
            analysis.summary(),
            analysis.issues())
        .judged(analysis.findings(), analysis.policy());
  }

  @Test
  void theReportIsAsItWas() throws IOException {
    Golden.assertMatches("report.json", json(Sample.full()));
    Golden.assertMatches("report-empty.json", json(Sample.empty()));
    Golden.assertMatches("report-plan.json", json(SamplePlan.refused()));
    Golden.assertMatches("report-against.json", json(SampleImpact.compared()));
  }

  @Test
  void reportsAreValid() throws IOException {
    for (Analysis analysis :
        List.of(
            Sample.full(),
            Sample.withoutImage(),
            Sample.empty(),
            Sample.clean(),
            Sample.crowd(),
            SamplePlan.shown(),
            SamplePlan.written(),
            SamplePlan.refused(),
            SampleImpact.compared(),
            SampleImpact.unsized(),
            withImages(Sample.empty(), SampleImage.empty(), SampleImage.full()))) {
      assertEquals(List.of(), Schemas.errors(SCHEMA, Schemas.parse(json(analysis))));
    }
  }

  /// The schema requires every member that the report writes, at every depth.
  @Test
  void noMemberCanGetLostUnnoticed() throws IOException {
    assertEquals(
        List.of("broughtBy", "category", "explanations", "label", "reason", "searched"),
        optionalMembers(SamplePlan.written()));
    assertEquals(
        List.of(
            "broughtBy",
            "bytes",
            "category",
            "dev",
            "graphs",
            "label",
            "lockBytes",
            "needs",
            "optional",
            "own",
            "path",
            "peers",
            "ranking",
            "reason",
            "scope",
            "searched",
            "takes"),
        optionalMembers(SampleImpact.compared()));
  }

  private static List<String> optionalMembers(Analysis analysis) throws IOException {
    JsonNode document = Schemas.parse(json(analysis));
    List<ObjectNode> objects = new ArrayList<>();
    collect("", document, objects);
    assertTrue(objects.size() > 100, "only " + objects.size() + " objects");
    TreeSet<String> optional = new TreeSet<>();
    for (ObjectNode object : objects) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = object.remove(name);
        if (Schemas.errors(SCHEMA, document).isEmpty()) {
          optional.add(name);
        }
        object.set(name, value);
      }
    }
    return List.copyOf(optional);
  }

  /// Objects with fixed members; of each kind of row one is enough.
  private static void collect(String name, JsonNode node, List<ObjectNode> out) {
    if (node instanceof ObjectNode object && !isMap(name)) {
      out.add(object);
    }
    if (node.isArray()) {
      node.forEach(child -> collect(name, child, out));
    } else if (!name.equals("byOwner")) {
      node.properties().forEach(entry -> collect(entry.getKey(), entry.getValue(), out));
    }
  }

  private static boolean isMap(String name) {
    return name.equals("byCategory") || name.equals("byOwner");
  }

  @Test
  void wrongValuesAreInvalid() throws IOException {
    String good = json(Sample.full());
    for (List<String> change :
        List.of(
            List.of("\"schemaVersion\": \"1\"", "\"schemaVersion\": \"2\""),
            List.of("\"ecosystem\": \"npm\"", "\"ecosystem\": \"gem\""),
            List.of("\"severity\": \"error\"", "\"severity\": \"fatal\""),
            List.of("\"scope\": \"dev\"", "\"scope\": \"docs\""),
            List.of("\"storedBytes\": 3426400000", "\"storedBytes\": \"3.4 GB\""),
            List.of("\"status\": \"not-seen\"", "\"status\": \"unused\""))) {
      String bad = good.replace(change.getFirst(), change.getLast());
      assertFalse(bad.equals(good), change + " changes nothing");
      assertFalse(Schemas.errors(SCHEMA, Schemas.parse(bad)).isEmpty(), change.toString());
    }
  }

  @Test
  void issuesOfImagesAreAmongTheIssuesOnce() throws IOException {
    Analysis full = Sample.full();
    JsonNode issues =
        Schemas.parse(json(withImages(full, SampleImage.full(), SampleImage.full()))).get("issues");
    assertEquals(3, issues.size());
  }
}
