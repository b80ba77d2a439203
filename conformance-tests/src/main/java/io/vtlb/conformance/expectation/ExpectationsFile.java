package io.vtlb.conformance.expectation;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.Place;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.trace.WholeFile;
import io.vtlb.model.rule.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A file of expectations: one JSON object, {@code {"version":1,"expected":[…]}}. */
public final class ExpectationsFile {

  private static final int VERSION = 1;
  private static final long MOST_BYTES = 4 << 20;

  private ExpectationsFile() {}

  /**
   * Reads a file.
   *
   * @throws BadExpectations if it cannot be read, or says something that cannot be
   */
  public static List<Expectation> read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new BadExpectations(file, "is larger than 4 MiB");
      }
      String text = Files.readString(file);
      return expectations(SharedForms.fields(new Place(file.toString(), 0), text));
    } catch (BadTrace e) {
      throw new BadExpectations(file, e.problem());
    } catch (IOException e) {
      throw new BadExpectations(file, "cannot be read (" + e + ")");
    }
  }

  private static List<Expectation> expectations(Fields fields) throws BadTrace {
    fields.only("a file of expectations", "version", "expected");
    if (fields.number("version") != VERSION) {
      throw fields.bad("version", "must be " + VERSION);
    }
    List<Expectation> all = new ArrayList<>();
    for (Fields one : fields.objects("expected")) {
      Expectation expectation = expectation(one);
      if (all.stream().anyMatch(other -> isSame(other, expectation))) {
        throw one.bad("rule", expectation.words() + " is listed twice");
      }
      all.add(expectation);
    }
    return all;
  }

  private static boolean isSame(Expectation one, Expectation other) {
    return one.rule() == other.rule() && one.signature().equals(other.signature());
  }

  private static Expectation expectation(Fields fields) throws BadTrace {
    fields.only("an expectation", "rule", "signature", "link");
    String id = fields.text("rule");
    Rule rule =
        Rule.byId(id)
            .orElseThrow(
                () -> fields.bad("rule", SharedForms.shown(id) + " is no rule; see 'vtlb claims'"));
    if (rule.isDerived()) {
      throw fields.bad("rule", id + " follows from others, which are expected to fail instead");
    }
    String link = fields.text("link");
    if (link.isBlank()) {
      throw fields.bad("link", "must say where the failure is tracked");
    }
    return new Expectation(rule, signature(fields), link);
  }

  private static Optional<String> signature(Fields fields) throws BadTrace {
    if (!fields.has("signature")) {
      return Optional.empty();
    }
    String signature = fields.text("signature");
    if (!FailureSignature.isOne(signature)) {
      throw fields.bad("signature", "must be eight digits of 0-9a-f, as a counterexample shows it");
    }
    return Optional.of(signature);
  }

  /** Writes a file, whole or not at all. */
  public static void write(Path file, List<Expectation> all) throws IOException {
    ObjectNode json = SharedForms.object();
    json.put("version", VERSION);
    ArrayNode expected = json.putArray("expected");
    for (Expectation one : all) {
      ObjectNode entry = expected.addObject();
      entry.put("rule", one.rule().id());
      one.signature().ifPresent(signature -> entry.put("signature", signature));
      entry.put("link", one.link());
    }
    WholeFile.write(file, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
