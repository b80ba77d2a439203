package io.vtlb.conformance.trace;

import static io.vtlb.conformance.trace.Refusals.FAULT;
import static io.vtlb.conformance.trace.Refusals.FAULTED;
import static io.vtlb.conformance.trace.Refusals.INJECT;
import static io.vtlb.conformance.trace.Refusals.LOAD;
import static io.vtlb.conformance.trace.Refusals.VERDICT;
import static io.vtlb.conformance.trace.Refusals.WORLD;
import static io.vtlb.conformance.trace.Refusals.after;
import static io.vtlb.conformance.trace.Refusals.refused;

import io.vtlb.conformance.trace.Refusals.Bad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What must not be recorded under an operation. */
class RefusedRecordTest {

  @TestFactory
  Stream<DynamicTest> ofEvents() {
    return refused(
        after(
            FAULT,
            "page-fault",
            "page",
            "event\": \"page\" is not one of page-fault, invlpg, invpcid, control-write,"
                + " privilege-change"),
        after(FAULT, "\"load\"", "\"read\"", "access\": \"read\" is not one of load, store, fetch"),
        after(
            FAULT,
            "\"supervisor\"",
            "\"cpl0\"",
            "set\": \"cpl0\" is not one of supervisor, user, supervisor-ac"),
        after(
            FAULT,
            "\"activeCode\"",
            "\"value\":\"0x0\",\"activeCode\"",
            "value\": is unknown; page-fault has record, n, event, vm, vcpu, address, bytes, access,"
                + " set, alignmentCheck, pkru, activeCode"),
        after(FAULT, "\"load\"", "\"store\"", "value\": is missing"),
        after(FAULT, "\"access\"", "\"bytes\":16,\"access\"", "bytes\": must be 4 or 8, not 16"),
        after(
            FAULT,
            "\"activeCode\"",
            "\"pkru\":\"0x100000000\",\"activeCode\"",
            "pkru\": 0x100000000 does not fit in 32 bits"),
        after(
            FAULT,
            "\"activeCode\"",
            "\"alignmentCheck\":0,\"activeCode\"",
            "alignmentCheck\": must be true or false, not 0"),
        after(FAULT, "\"vm\":0", "\"vm\":9", "vm\": there is no machine 9; the world has 2"),
        after(FAULT, "\"n\":1", "\"n\":2", "n\": is 2, but stands after operation 1"),
        after(
            "{\"record\":\"event\",\"n\":1,\"event\":\"control-write\",\"vm\":0,\"vcpu\":0,"
                + "\"register\":\"cr4\",\"before\":{\"cr0\":\"0x80000001\",\"cr3\":\"0x0\","
                + "\"cr4\":\"0x10\",\"efer\":\"0x0\"}}",
            "",
            "",
            "after\": is missing"),
        after(
            "{\"record\":\"event\",\"n\":1,\"event\":\"control-write\",\"vm\":0,\"vcpu\":0,"
                + "\"register\":\"cr4\",\"value\":16,\"before\":{\"cr0\":\"0x80000001\","
                + "\"cr3\":\"0x0\",\"cr4\":\"0x10\",\"efer\":\"0x0\"},\"after\":{"
                + "\"cr0\":\"0x80000001\",\"cr3\":\"0x0\",\"cr4\":\"0x10\",\"efer\":\"0x0\","
                + "\"pdptes\":[]}}",
            "",
            "",
            "after.pdptes\": there are four PDPTE registers, not 0"),
        after(
            "{\"record\":\"event\",\"n\":1,\"event\":\"invpcid\",\"vm\":0,\"vcpu\":0,"
                + "\"type\":\"address\",\"pcid\":-1,\"address\":\"0x0\"}",
            "",
            "",
            "pcid\": must be 0 to 4095, not -1"));
  }

  @TestFactory
  Stream<DynamicTest> ofResponses() {
    String answer = "{\"record\":\"response\",\"n\":1,\"action\":\"resume\"";
    return refused(
        answered(
            INJECT,
            "inject-page-fault",
            "inject",
            "action\": \"inject\" is not one of resume, inject-page-fault, store-emulated,"
                + " device-access"),
        answered(
            INJECT,
            "inject-page-fault",
            "resume",
            "code\": is unknown; resume has record, n, action, drops, report"),
        answered(INJECT, ",\"drops\":[]", "", "drops\": is missing"),
        answered(
            INJECT,
            "\"code\":\"0x0\"",
            "\"code\":\"0x100000000\"",
            "code\": 0x100000000 does not fit in 32 bits"),
        answered(answer + ",\"drops\":[{}]}", "", "", "drops[0].drop\": is missing"),
        answered(
            answer + ",\"drops\":[{\"drop\":\"page\",\"vm\":0,\"vcpu\":0}]}",
            "",
            "",
            "drops[0].address\": is missing"),
        answered(
            answer + ",\"drops\":[{\"drop\":\"everything\",\"vm\":0,\"cpu\":0}]}",
            "",
            "",
            "drops[0].cpu\": is unknown; everything has drop, vm, vcpu"),
        answered(
            answer + ",\"drops\":[],\"report\":{\"cause\":\"bug\",\"resync\":\"full\"}}",
            "",
            "",
            "report.cause\": \"bug\" is not one of guest-page-fault, inconsistency,"
                + " tlb-manipulation, control-change, privilege-set-change,"
                + " privilege-change-within-set, device-access, spurious"),
        answered(
            answer + ",\"drops\":[],\"report\":{\"cause\":\"spurious\",\"resync\":\"no\"}}",
            "",
            "",
            "report.resync\": \"no\" is not one of none, partial, full, flush"));
  }

  @TestFactory
  Stream<DynamicTest> ofObservations() {
    return refused(
        after(
            FAULTED,
            "\"page-fault\"",
            "\"fault\"",
            "observation\": \"fault\" is not one of completed, loaded, reached-device, page-fault,"
                + " general-protection, invalid-opcode, stuck"),
        after(
            FAULTED,
            "\"page-fault\"",
            "\"completed\"",
            "code\": is unknown; completed has record, n, observation"),
        after(
            FAULTED,
            "\"page-fault\",\"code\":\"0x0\",\"address\":\"0x400000\"",
            "\"stuck\",\"events\":-1",
            "events\": must be 0 to 2147483647, not -1"));
  }

  @TestFactory
  Stream<DynamicTest> ofVerdicts() {
    return refused(
        after(VERDICT, "\"rule\":null,", "", "rule\": is missing"),
        after(
            VERDICT,
            "null",
            "\"TLB\"",
            "rule\": \"TLB\" is not a rule's name such as TLB-1, or null"),
        after(
            VERDICT,
            "\"conforms\"",
            "\"violation\"",
            "rule\": a violation names the rule that is broken; any other outcome has null"),
        after(VERDICT, "\"step\":1", "\"step\":2", "step\": must be 0 to 1, not 2"),
        after(VERDICT, "\"level\":2", "\"level\":4", "level\": must be 1 to 3, not 4"));
  }

  private static Bad answered(String line, String from, String to, String message) {
    return new Bad(WORLD + LOAD + FAULT + Refusals.edited(line, from, to), "4: field \"" + message);
  }
}
