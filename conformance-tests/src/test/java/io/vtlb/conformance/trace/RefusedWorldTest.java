package io.vtlb.conformance.trace;

import static io.vtlb.conformance.trace.Refusals.WORLD;
import static io.vtlb.conformance.trace.Refusals.refused;
import static io.vtlb.conformance.trace.Refusals.world;

import io.vtlb.conformance.trace.Refusals.Bad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the first line of a trace must not hold. */
class RefusedWorldTest {

  @TestFactory
  Stream<DynamicTest> ofSchemas() {
    return refused(
        world(
            "vtlb-trace/1",
            "vtlb-trace/2",
            "schema\": vtlb-trace/2 is newer than vtlb-trace/1, which this vtlb reads: use a newer"
                + " vtlb"),
        world(
            "vtlb-trace/1",
            "vtlb-trace/10",
            "schema\": vtlb-trace/10 is newer than vtlb-trace/1, which this vtlb reads: use a newer"
                + " vtlb"),
        world(
            "vtlb-trace/1",
            "vtlb-trace/01",
            "schema\": \"vtlb-trace/01\" is not a format that this vtlb reads; it reads"
                + " vtlb-trace/1"),
        world(
            "vtlb-trace/1",
            "itf/1",
            "schema\": \"itf/1\" is not a format that this vtlb reads; it reads vtlb-trace/1"),
        world("\"vtlb-trace/1\"", "1", "schema\": must be a text, not 1"),
        world(
            "\"mode\":\"32-bit\"",
            "\"mode\":\"pae\"",
            "mode\": \"pae\" is not one of none, 32-bit, PAE, 4-level, 5-level, mixed"));
  }

  @TestFactory
  Stream<DynamicTest> ofWorlds() {
    return refused(
        world("\"mode\":\"32-bit\",", "", "mode\": is missing"),
        world(
            "\"mode\"",
            "\"node\"",
            "node\": is unknown; a world has record, schema, mode, profile, caching, machines"),
        world("\"seed\":42", "\"seed\":42,\"seed\":43", "caching.seed\": is given twice"),
        world(
            "\"seed\":42",
            "\"seed\":9223372036854775808",
            "caching.seed\": 9223372036854775808 does not fit in 64 bits"),
        world("\"seed\":42", "\"seed\":4.0", "caching.seed\": must be a whole number, not 4.0"),
        world(
            "\"random\"",
            "\"Random\"",
            "caching.policy\": \"Random\" is not one of never, forever, speculative, random"),
        world("\"pse36\":true", "\"pse36\":1", "profile.pse36\": must be true or false, not 1"),
        world(
            "\"name\":\"generic-32\"", "\"name\":null", "profile.name\": must be a text, not null"),
        world("Bits\":40", "Bits\":53", "profile.physicalAddressBits\": must be 32 to 52, not 53"),
        world("Bits\":40", "Bits\":31", "profile.physicalAddressBits\": must be 32 to 52, not 31"),
        new Bad(
            WORLD.replaceAll("\"machines\":.*", "\"machines\":{}}\n"),
            "1: field \"machines\": must be an array, not {}"),
        new Bad(
            WORLD.replaceAll("\"machines\":.*", "\"machines\":[]}\n"),
            "1: field \"machines\": a world has 1 to 16 machines, not 0"),
        new Bad(
            WORLD.replaceAll("\"machines\":.*", "\"machines\":[7]}\n"),
            "1: field \"machines[0]\": must be an object, not 7"),
        new Bad(
            WORLD.replaceAll("\"machines\":.*", "\"machines\":[" + "{},".repeat(16) + "{}]}\n"),
            "1: field \"machines\": a world has 1 to 16 machines, not 17"),
        new Bad(
            WORLD.replaceAll("\"machines\":.*", "\"machines\":[{\"vcpus\":[]}]}\n"),
            "1: field \"machines[0].vcpus\": a machine has 1 to 8 virtual CPUs, not 0"),
        new Bad(
            WORLD.replaceFirst("\"vcpus\":\\[(\\{[^}]*})", "\"vcpus\":[" + "$1,".repeat(8) + "$1"),
            "1: field \"machines[0].vcpus\": a machine has 1 to 8 virtual CPUs, not 9"));
  }

  @TestFactory
  Stream<DynamicTest> ofMemory() {
    String range = "machines[0].hostMap[1].";
    String words = "machines[0].words[1].address\": ";
    return refused(
        world("\"frames\":1}", "\"frames\":0}", range + "frames\": must be 1 to 1048576, not 0"),
        world(
            "\"frames\":1}",
            "\"frames\":1048577}",
            range + "frames\": must be 1 to 1048576, not 1048577"),
        world(
            "\"frames\":1}",
            "\"frame\":1}",
            range
                + "frame\": is unknown; a range of hostMap has guestFrame, hostFrame, frames,"
                + " readOnly"),
        world(
            "\"frames\":1}",
            "\"frames\":1,\"readOnly\":1}",
            range + "readOnly\": must be true or false, not 1"),
        world(
            "\"0x20\"",
            "\"0xf\"",
            range
                + "guestFrame\": frames 0xf to 0xf overlap those of"
                + " machines[0].hostMap[0].guestFrame"),
        world(
            "\"0x20\"",
            "\"0x10000000\"",
            range
                + "guestFrame\": 1 frames from 0x10000000 on reach beyond 40-bit physical"
                + " addresses"),
        world(
            "\"0x20\"",
            "\"0xffffffffffffffff\"",
            range
                + "guestFrame\": 1 frames from 0xffffffffffffffff on reach beyond 40-bit physical"
                + " addresses"),
        world(
            "\"0x100\"",
            "\"0x10000000000\"",
            range
                + "hostFrame\": 1 frames from 0x10000000000 on reach beyond 52-bit physical"
                + " addresses"),
        world(
            "\"0x100\"",
            "\"0x20f\"",
            range
                + "hostFrame\": frames 0x20f to 0x20f overlap those of"
                + " machines[0].hostMap[0].hostFrame"),
        world(
            "\"0x300\"",
            "\"0x1ff\"",
            "machines[1].hostMap[0].hostFrame\": frames 0x1ff to 0x202 overlap those of"
                + " machines[0].hostMap[0].hostFrame"),
        world(
            "\"address\":\"0x2000\"",
            "\"address\":\"0x2002\"",
            words + "0x2002 is not a multiple of 4"),
        world(
            "\"address\":\"0x2000\"",
            "\"address\":\"0x1000\"",
            words + "0x1000 does not ascend from 0x1000"),
        world(
            "\"address\":\"0x2000\"",
            "\"address\":\"0x10000\"",
            words + "0x10000 is not in memory of the machine (its hostMap)"),
        world(
            "0xfffff067",
            "0x1fffff067",
            "machines[0].words[1].value\": 0x1fffff067 does not fit in 32 bits"));
  }

  @TestFactory
  Stream<DynamicTest> ofMemoryBeyondMaxphyaddr() {
    return refused(
        new Bad(
            WORLD.replace("Bits\":40", "Bits\":32").replace("\"0x20\"", "\"0x100000\""),
            "1: field \"machines[0].hostMap[1].guestFrame\": 1 frames from 0x100000 on reach beyond"
                + " 32-bit physical addresses"));
  }
}
