package io.vtlb.conformance.trace;

import io.vtlb.conformance.trace.RecordedStep.Exchange;
import io.vtlb.conformance.trace.RecordedStep.Followed;
import io.vtlb.conformance.trace.RecordedStep.Happening;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.trace.Sequence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes traces: the same trace gives the same bytes, which read back give an equal trace.
 *
 * <p>Each trace is read back before any of it is written, so no file exists that {@link
 * TraceReader} would refuse.
 */
public final class TraceWriter {

  private TraceWriter() {}

  /**
   * Writes a file, gzipped if its name ends in {@code .gz}, all or nothing: an old file of that
   * name stays as it was until the new one is complete.
   *
   * @throws IllegalArgumentException if the trace holds what the format forbids
   * @throws IOException if the file cannot be written
   */
  public static void write(RecordedTrace trace, Path path) throws IOException {
    byte[] bytes = text(trace).getBytes(StandardCharsets.UTF_8);
    boolean gzip = path.toString().endsWith(".gz");
    WholeFile.write(path, gzip ? packed(bytes) : bytes);
  }

  /**
   * Appends the lines of a trace, each with its line feed.
   *
   * @throws IllegalArgumentException if the trace holds what the format forbids
   * @throws IOException if {@code out} fails
   */
  public static void write(RecordedTrace trace, Appendable out) throws IOException {
    out.append(text(trace));
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String text(RecordedTrace trace) {
    StringBuilder lines = new StringBuilder();
    Sequence sequence = trace.sequence();
    append(lines, WorldFormat.json(sequence.world()));
    for (int i = 0; i < sequence.operations().size(); i++) {
      append(lines, OperationFormat.json(i + 1, sequence.operations().get(i)));
      append(lines, i + 1, trace.steps().get(i));
    }
    trace.verdict().ifPresent(verdict -> append(lines, VerdictFormat.json(verdict)));
    String text = lines.toString();
    checkReadable(trace, text);
    return text;
  }

  private static void append(StringBuilder lines, int n, RecordedStep step) {
    for (Happening happening : step.happenings()) {
      switch (happening) {
        case Exchange(Event event, List<HostResponse> meanwhile, Optional<Response> response) -> {
          append(lines, EventFormat.json(n, event));
          meanwhile.forEach(one -> append(lines, HostResponseFormat.json(n, one)));
          response.ifPresent(answer -> append(lines, ResponseFormat.json(n, answer)));
        }
        case Followed(HostResponse response) -> append(lines, HostResponseFormat.json(n, response));
      }
    }
    step.observation().ifPresent(seen -> append(lines, ObservationFormat.json(n, seen)));
  }

  private static void append(StringBuilder lines, ObjectNode json) {
    lines.append(Json.text(json)).append('\n');
  }

  private static void checkReadable(RecordedTrace trace, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (!TraceReader.read(new ByteArrayInputStream(bytes), "trace").equals(trace)) {
        throw new IllegalArgumentException("the trace holds what its format cannot express");
      }
    } catch (BadTrace failure) {
      throw new IllegalArgumentException("not a trace to write: " + failure.getMessage(), failure);
    }
  }
}
