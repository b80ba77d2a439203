package io.vtlb.conformance.trace;

import static io.vtlb.conformance.trace.Refusals.FAULT;
import static io.vtlb.conformance.trace.Refusals.LOAD;
import static io.vtlb.conformance.trace.Refusals.WORLD;
import static io.vtlb.conformance.trace.Refusals.after;
import static io.vtlb.conformance.trace.Refusals.refused;

import io.vtlb.conformance.trace.Refusals.Bad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a host cannot do, what cannot happen inside an event, and answers that say nothing. */
class RefusedHostOperationTest {

  private static final String CANNOT =
      " cannot happen inside an event; only store, foreign-store, map-frames, unmap-frames,"
          + " move-frames, protect-frames and resize-pages can";

  @TestFactory
  Stream<DynamicTest> ofFrames() {
    return refused(
        host(
            "unmap-frames\",\"vm\":2,\"guestFrame\":\"0x0\",\"frames\":1",
            "vm\": there is no machine 2; the world has 2"),
        host("unmap-frames\",\"vm\":0,\"guestFrame\":\"0x0\"", "frames\": is missing"),
        host(
            "unmap-frames\",\"vm\":0,\"vcpu\":0,\"guestFrame\":\"0x0\",\"frames\":1",
            "vcpu\": is unknown; unmap-frames has record, n, op, vm, guestFrame, frames"),
        host(
            "unmap-frames\",\"vm\":0,\"guestFrame\":0,\"frames\":1",
            "guestFrame\": must be a hexadecimal text such as \"0x1000\", not 0"),
        host(
            "unmap-frames\",\"vm\":0,\"guestFrame\":\"0x0\",\"frames\":0",
            "frames\": must be 1 to 1048576, not 0"),
        host(
            "map-frames\",\"vm\":0,\"guestFrame\":\"0x0\",\"hostFrame\":\"0x0\",\"frames\":1048577",
            "frames\": must be 1 to 1048576, not 1048577"),
        host(
            "unmap-frames\",\"vm\":0,\"guestFrame\":\"0xfffffff\",\"frames\":2",
            "guestFrame\": 2 frames from 0xfffffff on reach beyond 40-bit physical addresses"),
        host(
            "move-frames\",\"vm\":0,\"guestFrame\":\"0x0\",\"hostFrame\":\"0xffffffffff\","
                + "\"frames\":2",
            "hostFrame\": 2 frames from 0xffffffffff on reach beyond 52-bit physical addresses"),
        host(
            "map-frames\",\"vm\":0,\"guestFrame\":\"0x0\",\"hostFrame\":\"0xffffffffffffffff\","
                + "\"frames\":1",
            "hostFrame\": 1 frames from 0xffffffffffffffff on reach beyond 52-bit physical"
                + " addresses"));
  }

  @TestFactory
  Stream<DynamicTest> ofWhatElseTheyName() {
    return refused(
        host(
            "protect-frames\",\"vm\":0,\"guestFrame\":\"0x0\",\"frames\":1",
            "readOnly\": is missing"),
        host(
            "resize-pages\",\"vm\":0,\"guestFrame\":\"0x0\",\"frames\":1,\"pages\":2",
            "pages\": must be a page size in base pages, 1, 512, 1024 or 262144, not 2"),
        host(
            "resize-pages\",\"vm\":0,\"guestFrame\":\"0x0\",\"frames\":1,\"pages\":4294967297",
            "pages\": must be a page size in base pages, 1, 512, 1024 or 262144, not 4294967297"),
        host(
            "destroy-machine\",\"vm\":0,\"frames\":1",
            "frames\": is unknown; destroy-machine has record, n, op, vm"));
  }

  @TestFactory
  Stream<DynamicTest> ofSchedulePoints() {
    return refused(
        atRead("\"read\":0", "{}", "read\": must be 1 to 2147483647, not 0"),
        atRead("\"vm\":0", "{}", "vm\": is unknown; at-read has record, n, op, read, operation"),
        host("at-read\",\"read\":1", "operation\": is missing"),
        atRead("\"read\":1", "[]", "operation\": must be an object, not []"),
        atRead("\"read\":1", "{}", "operation.op\": is missing"),
        atRead(
            "\"read\":1",
            "{\"op\":\"load\",\"vm\":0,\"vcpu\":0,\"address\":\"0x0\"}",
            "operation.op\": load" + CANNOT),
        atRead(
            "\"read\":1",
            "{\"op\":\"start-dirty-log\",\"vm\":0}",
            "operation.op\": start-dirty-log" + CANNOT),
        atRead(
            "\"read\":1",
            "{\"op\":\"at-read\",\"read\":1,\"operation\":{}}",
            "operation.op\": at-read" + CANNOT),
        atRead(
            "\"read\":1",
            "{\"record\":\"operation\",\"op\":\"unmap-frames\"}",
            "operation.record\": is unknown; unmap-frames has op, vm, guestFrame, frames"),
        atRead(
            "\"read\":1",
            "{\"op\":\"store\",\"vm\":0,\"vcpu\":9,\"address\":\"0x0\",\"value\":\"0x0\"}",
            "operation.vcpu\": there is no virtual CPU 9; machine 0 has 1"));
  }

  @TestFactory
  Stream<DynamicTest> ofHostResponses() {
    String answer = "{\"record\":\"host-response\",\"n\":1";
    return refused(
        after(answer + ",\"drops\":[]}", "", "", "dirtyFrames\": is missing"),
        after(
            answer + ",\"drops\":[],\"dirtyFrames\":[\"0x1\",\"0x01\"]}",
            "",
            "",
            "dirtyFrames[1]\": 0x1 is given twice"),
        after(
            answer + ",\"drops\":[],\"dirtyFrames\":[1]}",
            "",
            "",
            "dirtyFrames[0]\": must be a hexadecimal text such as \"0x1000\", not 1"),
        after(
            answer + ",\"action\":\"resume\",\"drops\":[],\"dirtyFrames\":[]}",
            "",
            "",
            "action\": is unknown; a host-response has record, n, drops, dirtyFrames"),
        new Bad(
            WORLD
                + LOAD
                + FAULT
                + answer
                + ",\"drops\":[],\"dirtyFrames\":[]}\n"
                + "{\"record\":\"observation\",\"n\":1,\"observation\":\"completed\"}\n",
            "5: field \"record\": the event before this observation has no response"));
  }

  /** A host operation with these fields from {@code op} on. */
  private static Bad host(String fields, String message) {
    return new Bad(
        WORLD + "{\"record\":\"operation\",\"n\":1,\"op\":\"" + fields + "}\n",
        "2: field \"" + message);
  }

  private static Bad atRead(String own, String operation, String message) {
    return host("at-read\"," + own + ",\"operation\":" + operation, message);
  }
}
