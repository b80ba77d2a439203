package io.vtlb.conformance.trace;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The file {@code docs/trace.schema.json}, which users validate their traces with. */
final class PublishedSchema {

  private static final Schema SCHEMA = load();

  private PublishedSchema() {}

  /** What the schema has against a line. */
  static List<Error> errors(String line) {
    return SCHEMA.validate(line, InputFormat.JSON);
  }

  private static Schema load() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Docs.file("trace.schema.json")));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
