package io.vtlb.conformance.trace;

import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The record {@code world}, the first line of a trace. */
final class WorldFormat {

  /** What a world is labelled whose virtual CPUs use several paging modes. */
  private static final String MIXED = "mixed";

  private static final List<String> MODES =
      Stream.concat(PagingMode.ALL.stream().map(PagingMode::name), Stream.of(MIXED)).toList();

  private static final int MAX_MACHINES = 16;

  private WorldFormat() {}

  static ObjectNode json(World world) {
    ObjectNode json = Json.object();
    json.put("record", "world");
    json.put("schema", Schema.NAME);
    json.put("mode", world.mode());
    ProfileFormat.put(json.putObject("profile"), world.profile());
    ObjectNode caching = json.putObject("caching");
    caching.put("policy", Words.of(world.caching().policy()));
    caching.put("seed", world.caching().seed());
    ArrayNode machines = json.putArray("machines");
    for (Machine machine : world.machines()) {
      MachineFormat.put(machines, machine);
    }
    return json;
  }

  static World read(Fields fields) throws BadTrace {
    Schema.check(fields);
    fields.only("a world", "record", "schema", "mode", "profile", "caching", "machines");
    String mode = fields.text("mode");
    if (!MODES.contains(mode)) {
      throw fields.bad("mode", Json.shown(mode) + " is not one of " + String.join(", ", MODES));
    }
    Profile profile = ProfileFormat.read(fields.object("profile"));
    return new World(mode, profile, caching(fields.object("caching")), machines(fields, profile));
  }

  private static Caching caching(Fields fields) throws BadTrace {
    fields.only("caching", "policy", "seed");
    return new Caching(fields.word("policy", Caching.Policy.class), fields.number("seed"));
  }

  private static List<Machine> machines(Fields world, Profile profile) throws BadTrace {
    List<Fields> elements = world.objects("machines");
    if (elements.isEmpty() || elements.size() > MAX_MACHINES) {
      throw world.bad("machines", "a world has 1 to 16 machines, not " + elements.size());
    }
    FrameRuns host = new FrameRuns();
    List<Machine> machines = new ArrayList<>();
    for (Fields fields : elements) {
      machines.add(MachineFormat.read(fields, profile, host));
    }
    return machines;
  }
}
