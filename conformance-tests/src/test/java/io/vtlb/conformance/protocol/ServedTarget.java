package io.vtlb.conformance.protocol;

import io.vtlb.conformance.run.FreshTargets;
import io.vtlb.conformance.target.ObservedMachine;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.RequestForms;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that serves a target of this process over the target protocol, and refuses every
 * request that is not just as the protocol says.
 */
final class ServedTarget {

  private final Wire wire;
  private final Supplier<? extends Target> maker;
  private final Description description;
  private final boolean asks;
  private Session session;

  private ServedTarget(Wire wire, Supplier<? extends Target> maker, boolean asks) {
    this.wire = wire;
    this.maker = maker;
    this.asks = asks;
    this.description = maker.get().describe();
    this.session = fresh();
  }

  /**
   * Serves requests until the input ends.
   *
   * @param arguments the target's name for {@code --target}, then any of the words of {@link Way}
   */
  public static void main(String[] arguments) {
    List<Way> ways = List.of(arguments).stream().skip(1).map(Way::valueOf).toList();
    Wire wire =
        new Wire(
            new FileInputStream(FileDescriptor.in),
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), false, StandardCharsets.US_ASCII));
    Supplier<? extends Target> here =
        ((FreshTargets) Targets.here(arguments[0], List.of()).open()).maker();
    Supplier<? extends Target> maker =
        ways.contains(Way.MACHINE) ? () -> new ObservedMachine((VirtualTlb) here.get()) : here;
    new ServedTarget(wire, maker, ways.contains(Way.ASK)).serve();
  }

  /** How a target is served. */
  enum Way {
    /** Guest memory is asked for; else a copy of it is kept. */
    ASK,
    /** A whole machine around the target, at level 1. */
    MACHINE
  }

  /** What a target declares if it keeps a copy of guest memory, which nobody can interleave. */
  static Set<Feature> ofCopies(Set<Feature> features) {
    return features.stream()
        .filter(feature -> feature != Feature.INTERLEAVING)
        .collect(Collectors.toSet());
  }

  private Session fresh() {
    return new Session(wire, maker.get(), asks);
  }

  private void serve() {
    for (Wire.Request request = wire.next(); request != null; request = wire.next()) {
      switch (request.word()) {
        case "hello" -> wire.send(hello(request));
        case "reset" -> {
          session = fresh();
          session.acknowledge(request);
        }
        case "bye" -> {
          session.acknowledge(request);
          return;
        }
        default -> session.serve(request);
      }
    }
  }

  private ObjectNode hello(Wire.Request request) {
    Fields fields = RequestForms.fields(request.fields());
    try {
      fields.only("hello", "protocol", "kit", "longestLine");
      if (request.number() != 1 || !fields.text("protocol").equals("vtlb-target/1")) {
        throw fields.bad("protocol", "hello is the first request, for vtlb-target/1");
      }
      fields.text("kit");
      fields.number("longestLine", 1, Integer.MAX_VALUE);
    } catch (BadTrace e) {
      return Session.error(request, e);
    }
    ObjectNode json = SharedForms.object().put("n", request.number());
    json.put("protocol", "vtlb-target/1");
    json.put("name", description.name());
    json.put("version", description.version());
    json.put("level", description.level().number());
    ArrayNode modes = json.putArray("modes");
    description.modes().forEach(mode -> modes.add(mode.word()));
    ArrayNode features = json.putArray("features");
    (asks ? description.features() : ofCopies(description.features()))
        .forEach(feature -> features.add(feature.word()));
    return asks ? json.put("memory", "ask") : json;
  }
}
