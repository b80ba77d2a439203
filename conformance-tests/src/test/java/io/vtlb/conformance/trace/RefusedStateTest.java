package io.vtlb.conformance.trace;

import static io.vtlb.conformance.trace.Refusals.WORLD;
import static io.vtlb.conformance.trace.Refusals.edited;
import static io.vtlb.conformance.trace.Refusals.refused;
import static io.vtlb.conformance.trace.Refusals.world;

import io.vtlb.conformance.trace.Refusals.Bad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Processors and states of virtual CPUs that a world must not have. */
class RefusedStateTest {

  private static final String CPU = "machines[0].vcpus[0].";

  /** One virtual CPU with these registers, on a processor with these capabilities. */
  private static Bad state(String capabilities, String registers, String message) {
    String able =
        edited(
            WORLD,
            "\"spuriousFaults\"",
            "\"capabilities\":[" + capabilities + "],\"spuriousFaults\"");
    return new Bad(
        edited(
            able,
            "\"cr0\":\"0x80010001\",\"cr3\":\"0x1000\",\"cr4\":\"0x90\",\"efer\":\"0x0\"",
            registers),
        "1: field \"" + CPU + message);
  }

  private static String registers(String cr0, String cr3, String cr4, String efer) {
    return "\"cr0\":\"%s\",\"cr3\":\"%s\",\"cr4\":\"%s\",\"efer\":\"%s\""
        .formatted(cr0, cr3, cr4, efer);
  }

  @TestFactory
  Stream<DynamicTest> ofProfiles() {
    String list = "profile.capabilities";
    return refused(
        world(
            "\"name\"",
            "\"vendor\":\"via\",\"name\"",
            "profile.vendor\": \"via\" is not one of intel, amd"),
        world("\"name\"", "\"capabilities\":{},\"name\"", list + "\": must be an array, not {}"),
        world("\"name\"", "\"capabilities\":[1],\"name\"", list + "[0]\": must be a text, not 1"),
        world(
            "\"name\"",
            "\"capabilities\":[\"smep\",\"nx\"],\"name\"",
            list
                + "[1]\": \"nx\" is not one of pse36, no-execute, pages-1g, long-mode, five-levels,"
                + " smep, smap, pcid, invpcid, protection-keys"),
        world(
            "\"name\"",
            "\"capabilities\":[\"pse36\"],\"name\"",
            list + "[0]\": pse36 has a field of its own in the profile"),
        world(
            "\"name\"",
            "\"capabilities\":[\"smep\",\"smep\"],\"name\"",
            list + "[1]\": smep is listed twice"),
        world(
            "\"pse36\"",
            "\"pse37\"",
            "profile.pse37\": is unknown; a profile has name, vendor, physicalAddressBits, pse36,"
                + " capabilities, spuriousFaults"));
  }

  @TestFactory
  Stream<DynamicTest> ofForms() {
    return refused(
        world(
            "\"0x80010001\"",
            "2147549185",
            CPU + "cr0\": must be a hexadecimal text such as \"0x1000\", not 2147549185"),
        world(
            "0x80010001",
            "80010001",
            CPU + "cr0\": must be a hexadecimal text such as \"0x1000\", not \"80010001\""),
        world("\"cpl\":0", "\"cpl\":4", CPU + "cpl\": must be 0 to 3, not 4"),
        world(
            "\"cpl\":0",
            "\"cpl\":0,\"ac\":1",
            CPU
                + "ac\": is unknown; a virtual CPU has cr0, cr3, cr4, efer, pdptes, cpl,"
                + " alignmentCheck, pkru"),
        world(
            "\"cpl\":0",
            "\"cpl\":0,\"alignmentCheck\":1",
            CPU + "alignmentCheck\": must be true or false, not 1"),
        world(
            "\"cpl\":0",
            "\"cpl\":0,\"pkru\":\"0x100000000\"",
            CPU + "pkru\": 0x100000000 does not fit in 32 bits"),
        world(
            "\"cpl\":0",
            "\"cpl\":0,\"pdptes\":[\"0x0\",\"0x0\",\"0x0\"]",
            CPU + "pdptes\": there are four PDPTE registers, not 3"),
        world(
            "\"cpl\":0",
            "\"cpl\":0,\"pdptes\":[\"0x0\",\"0x0\",0,\"0x0\"]",
            CPU + "pdptes[2]\": must be a hexadecimal text such as \"0x1000\", not 0"));
  }

  @TestFactory
  Stream<DynamicTest> ofUnknownBits() {
    String unknown = "\": bit %d is reserved or not modelled";
    return refused(
        world("0x80010001", "0x80010041", CPU + "cr0" + unknown.formatted(6)),
        world("0x80010001", "0x180010001", CPU + "cr0" + unknown.formatted(32)),
        world("\"0x90\"", "\"0x2090\"", CPU + "cr4" + unknown.formatted(13)),
        world("\"efer\":\"0x0\"", "\"efer\":\"0x200\"", CPU + "efer" + unknown.formatted(9)),
        world(
            "\"cr3\":\"0x1000\"",
            "\"cr3\":\"0x8000000000001000\"",
            CPU + "cr3\": bit 63 belongs to a write of CR3, the register never holds it"),
        world(
            "\"cr3\":\"0x1000\"",
            "\"cr3\":\"0x10000001000\"",
            CPU + "cr3\": 0x10000001000 reaches beyond 40-bit physical addresses"));
  }

  @TestFactory
  Stream<DynamicTest> ofMissingCapabilities() {
    String lacking = "=1 needs the capability %s, which the profile does not list";
    return refused(
        world("\"0x90\"", "\"0x1090\"", CPU + "cr4\": CR4.LA57" + lacking.formatted("five-levels")),
        world("\"0x90\"", "\"0x20090\"", CPU + "cr4\": CR4.PCIDE" + lacking.formatted("pcid")),
        world("\"0x90\"", "\"0x100090\"", CPU + "cr4\": CR4.SMEP" + lacking.formatted("smep")),
        world("\"0x90\"", "\"0x200090\"", CPU + "cr4\": CR4.SMAP" + lacking.formatted("smap")),
        world(
            "\"0x90\"",
            "\"0x400090\"",
            CPU + "cr4\": CR4.PKE" + lacking.formatted("protection-keys")),
        world(
            "\"efer\":\"0x0\"",
            "\"efer\":\"0x500\"",
            CPU + "efer\": EFER.LME" + lacking.formatted("long-mode")),
        world(
            "\"efer\":\"0x0\"",
            "\"efer\":\"0x800\"",
            CPU + "efer\": EFER.NXE" + lacking.formatted("no-execute")));
  }

  @TestFactory
  Stream<DynamicTest> ofModes() {
    String able = "\"long-mode\",\"pcid\"";
    return refused(
        world("0x80010001", "0x80010000", CPU + "cr0\": CR0.PG=1 needs CR0.PE=1"),
        world("0x80010001", "0xa0010001", CPU + "cr0\": CR0.NW=1 needs CR0.CD=1"),
        state(
            able, registers("0x1", "0x1000", "0x20", "0x500"), "efer\": EFER.LMA=1 needs CR0.PG=1"),
        state(
            able,
            registers("0x80000001", "0x1000", "0x20", "0x400"),
            "efer\": EFER.LMA=1 needs EFER.LME=1"),
        state(
            able,
            registers("0x80000001", "0x1000", "0x20", "0x100"),
            "efer\": EFER.LMA must be 1 where EFER.LME=1 and CR0.PG=1"),
        state(
            able,
            registers("0x80000001", "0x1000", "0x0", "0x500"),
            "cr4\": EFER.LMA=1 needs CR4.PAE=1"),
        state(
            able,
            registers("0x80000001", "0x1000", "0x20020", "0x0"),
            "cr4\": CR4.PCIDE=1 needs EFER.LMA=1"));
  }

  @TestFactory
  Stream<DynamicTest> ofPdpteRegisters() {
    String pae = registers("0x80000001", "0x1000", "0x20", "0x0");
    return refused(
        state(
            "",
            pae + ",\"pdptes\":[\"0x1001\",\"0x2\",\"0x2003\",\"0x0\"]",
            "pdptes[2]\": bit 1 is reserved in a present PDPTE"),
        state(
            "",
            pae + ",\"pdptes\":[\"0x10000001001\",\"0x2\",\"0x2003\",\"0x0\"]",
            "pdptes[0]\": bit 40 is reserved in a present PDPTE"));
  }
}
