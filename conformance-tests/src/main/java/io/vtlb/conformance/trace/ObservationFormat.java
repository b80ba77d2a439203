package io.vtlb.conformance.trace;

import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Observation.Completed;
import io.vtlb.model.operation.Observation.GeneralProtection;
import io.vtlb.model.operation.Observation.InvalidOpcode;
import io.vtlb.model.operation.Observation.Loaded;
import io.vtlb.model.operation.Observation.PageFaulted;
import io.vtlb.model.operation.Observation.ReachedDevice;
import io.vtlb.model.operation.Observation.Stuck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The record {@code observation}: what the guest saw of an operation.
 *
 * <p>A whole machine under test says itself what its guest saw, so values are kept as they were
 * given.
 */
final class ObservationFormat {

  private static final List<String> SHARED = List.of("record", "n", "observation");

  private ObservationFormat() {}

  /** The field {@code observation}. */
  private enum Kind {
    COMPLETED,
    LOADED,
    REACHED_DEVICE,
    PAGE_FAULT,
    GENERAL_PROTECTION,
    INVALID_OPCODE,
    STUCK
  }

  static ObjectNode json(int n, Observation observation) {
    ObjectNode json = Json.object();
    json.put("record", "observation");
    json.put("n", n);
    put(json, observation);
    return json;
  }

  /** The fields from {@code observation} on. */
  static void put(ObjectNode json, Observation observation) {
    switch (observation) {
      case Completed() -> start(json, Kind.COMPLETED);
      case Loaded(long value) -> start(json, Kind.LOADED).put("value", Hex.of(value));
      case ReachedDevice() -> start(json, Kind.REACHED_DEVICE);
      case PageFaulted(FaultCode code, long address) ->
          start(json, Kind.PAGE_FAULT)
              .put("code", FaultCodeFormat.text(code))
              .put("address", Hex.of(address));
      case GeneralProtection() -> start(json, Kind.GENERAL_PROTECTION);
      case InvalidOpcode() -> start(json, Kind.INVALID_OPCODE);
      case Stuck(int events) -> start(json, Kind.STUCK).put("events", events);
    }
  }

  static Observation read(Fields fields) throws BadTrace {
    return read(fields, SHARED);
  }

  /**
   * Reads an observation, be it a record or an answer.
   *
   * @param shared the fields that any observation may have
   */
  static Observation read(Fields fields, List<String> shared) throws BadTrace {
    Kind kind = fields.word("observation", Kind.class);
    return switch (kind) {
      case COMPLETED -> {
        fields.only(Words.of(kind), shared);
        yield new Completed();
      }
      case LOADED -> {
        fields.only(Words.of(kind), shared, "value");
        yield new Loaded(fields.hex("value"));
      }
      case REACHED_DEVICE -> {
        fields.only(Words.of(kind), shared);
        yield new ReachedDevice();
      }
      case PAGE_FAULT -> {
        fields.only(Words.of(kind), shared, "code", "address");
        yield new PageFaulted(FaultCodeFormat.read(fields, "code"), fields.hex("address"));
      }
      case GENERAL_PROTECTION -> {
        fields.only(Words.of(kind), shared);
        yield new GeneralProtection();
      }
      case INVALID_OPCODE -> {
        fields.only(Words.of(kind), shared);
        yield new InvalidOpcode();
      }
      case STUCK -> {
        fields.only(Words.of(kind), shared, "events");
        yield new Stuck(fields.number("events", 0, Integer.MAX_VALUE));
      }
    };
  }

  private static ObjectNode start(ObjectNode json, Kind kind) {
    return json.put("observation", Words.of(kind));
  }
}
