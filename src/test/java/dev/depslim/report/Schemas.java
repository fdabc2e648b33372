package dev.depslim.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The schemas of `docs`, as a validator reads them.
public final class Schemas {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Schemas() {}

  /// What the schema says against a document; nothing where it is valid.
  public static List<String> errors(String schemaFile, JsonNode document) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("docs", schemaFile)), InputFormat.JSON);
    return schema.validate(document).stream().map(Error::toString).toList();
  }

  /// The document of a text.
  public static JsonNode parse(String json) throws IOException {
    return MAPPER.readTree(json);
  }
}
