package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.RecordingReport.Skip;
import io.vtlb.conformance.recording.RecordingReport.Walks;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.Profile;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** A report as one JSON document; its keys are public API, and more may be added. */
public final class JsonReport {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator json;

  private JsonReport(JsonGenerator json) {
    this.json = json;
  }

  /** The document, on one line, without a line feed. */
  public static String of(RecordingReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new JsonReport(json).write(report);
    }
    return text.toString();
  }

  private void write(RecordingReport report) {
    Walks walks = report.walks();
    json.writeStartObject();
    json.writeStringProperty("recording", report.header().name());
    json.writeStringProperty("format", report.header().format());
    json.writeStringProperty("guest", report.header().guest());
    processor(report.header().profile());
    json.writeStringProperty("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("walks", walks.total());
    json.writeNumberProperty("agree", walks.agree());
    json.writeNumberProperty("disagree", walks.disagree());
    json.writeNumberProperty("skipped", walks.skipped());
    checks(report);
    remarks(report);
    records(report);
    skips(report);
    json.writeNumberProperty("disagreementCount", report.disagreementCount());
    disagreements(report);
    json.writeEndObject();
  }

  private void processor(Profile profile) {
    json.writeObjectPropertyStart("processor");
    json.writeStringProperty("vendor", profile.vendor().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("physicalAddressBits", profile.physicalAddressBits());
    json.writeArrayPropertyStart("capabilities");
    for (Capability capability : profile.capabilities()) {
      json.writeString(RecordedProcessor.field(capability));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void checks(RecordingReport report) {
    json.writeObjectPropertyStart("checks");
    report
        .checks()
        .forEach((check, score) -> {
          json.writeObjectPropertyStart(check.key());
          json.writeNumberProperty("agree", score.agree());
          json.writeNumberProperty("disagree", score.disagree());
          json.writeEndObject();
        });
    json.writeEndObject();
  }

  private void remarks(RecordingReport report) {
    json.writeArrayPropertyStart("remarks");
    report
        .remarks()
        .forEach((remark, count) -> {
          json.writeStartObject();
          json.writeStringProperty("remark", remark);
          json.writeNumberProperty("count", count);
          json.writeEndObject();
        });
    json.writeEndArray();
  }

  private void records(RecordingReport report) {
    json.writeNumberProperty("records", report.records());
    json.writeObjectPropertyStart("recordKinds");
    report
        .kinds()
        .forEach((kind, treatment) -> {
          json.writeObjectPropertyStart(kind);
          json.writeNumberProperty("checked", treatment.checked());
          json.writeNumberProperty("context", treatment.context());
          json.writeNumberProperty("skipped", treatment.skipped());
          json.writeEndObject();
        });
    json.writeEndObject();
  }

  private void skips(RecordingReport report) {
    json.writeArrayPropertyStart("skips");
    for (Skip skip : report.skips()) {
      json.writeStartObject();
      json.writeStringProperty("record", skip.kind());
      json.writeStringProperty("reason", skip.reason());
      json.writeNumberProperty("count", skip.count());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void disagreements(RecordingReport report) {
    json.writeArrayPropertyStart("disagreements");
    for (Disagreement disagreement : report.disagreements()) {
      json.writeStartObject();
      json.writeNumberProperty("line", disagreement.line());
      json.writeStringProperty("check", disagreement.check().key());
      json.writeStringProperty("recorded", disagreement.recorded());
      json.writeStringProperty("model", disagreement.model());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
