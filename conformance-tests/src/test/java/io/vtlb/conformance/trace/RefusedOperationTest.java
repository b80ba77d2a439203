package io.vtlb.conformance.trace;

import static io.vtlb.conformance.trace.Refusals.fields;
import static io.vtlb.conformance.trace.Refusals.operation;
import static io.vtlb.conformance.trace.Refusals.refused;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What an operation must not hold. */
class RefusedOperationTest {

  private static final String TEXT =
      "address\": must be a hexadecimal text such as \"0x1000\", not 0";

  @TestFactory
  Stream<DynamicTest> ofOperations() {
    return refused(
        operation(
            "\"op\":\"load\"",
            "\"op\":\"laod\"",
            "op\": \"laod\" is not one of load, store, fetch, foreign-store, invlpg, invpcid,"
                + " write-control, write-pkru, change-ac, change-privilege, map-frames,"
                + " unmap-frames, move-frames, protect-frames, resize-pages, start-dirty-log,"
                + " harvest-dirty-log, create-machine, destroy-machine, at-read"),
        operation(
            "operation",
            "opertion",
            "record\": \"opertion\" is not one of world, operation, event, response,"
                + " host-response, observation, verdict"),
        operation(
            "\"n\":1", "\"n\":2", "n\": must be 1, not 2: operations count from 1 without gaps"),
        operation("\"n\":1,", "", "n\": is missing"),
        operation("\"n\":1", "\"n\":1,\"n\":1", "n\": is given twice"),
        operation("\"vm\":0", "\"vm\":2", "vm\": there is no machine 2; the world has 2"),
        operation("\"vm\":0", "\"vm\":-1", "vm\": there is no machine -1; the world has 2"),
        operation("\"vm\":0", "\"vm\":\"0\"", "vm\": must be a whole number, not \"0\""),
        operation("\"vcpu\":0", "\"vcpu\":1", "vcpu\": there is no virtual CPU 1; machine 0 has 1"),
        operation(
            "\"address\"",
            "\"adress\"",
            "adress\": is unknown; load has record, n, op, vm, vcpu, address, bytes"),
        operation("0x400000", "0x400002", "address\": 0x400002 is not a multiple of 4"),
        operation(
            "0x400000",
            "0x",
            "address\": must be a hexadecimal text such as \"0x1000\", not \"0x\""),
        operation(
            "0x400000",
            "0x11111111111111111",
            "address\": must be a hexadecimal text such as \"0x1000\", not"
                + " \"0x11111111111111111\""),
        operation(
            "\"0x400000\"",
            "\"0x400000\",\"value\":\"0x1\"",
            "value\": is unknown; load has record, n, op, vm, vcpu, address, bytes"),
        fields("store", "\"address\":\"0x0\"", "value\": is missing"),
        fields(
            "store",
            "\"address\":\"0x0\",\"value\":\"0x100000000\"",
            "value\": 0x100000000 does not fit in 32 bits"),
        fields("fetch", "\"address\":\"0x1\"", "address\": 0x1 is not a multiple of 4"),
        fields(
            "foreign-store",
            "\"address\":\"0x10000000000\",\"value\":\"0x0\"",
            "address\": 0x10000000000 is beyond 40-bit physical addresses"),
        fields(
            "foreign-store",
            "\"address\":\"0x1\",\"value\":\"0x0\"",
            "address\": 0x1 is not a multiple of 4"),
        fields("invlpg", "\"address\":0", TEXT),
        fields(
            "write-control",
            "\"register\":\"cr2\",\"value\":\"0x0\"",
            "register\": \"cr2\" is not one of cr0, cr3, cr4, efer"),
        fields("write-control", "\"register\":\"cr0\"", "value\": is missing"),
        fields("change-privilege", "\"cpl\":4", "cpl\": must be 0 to 3, not 4"));
  }

  @TestFactory
  Stream<DynamicTest> ofWidths() {
    return refused(
        operation("\"0x400000\"", "\"0x400000\",\"bytes\":2", "bytes\": must be 4 or 8, not 2"),
        operation(
            "\"0x400000\"",
            "\"0x400000\",\"bytes\":\"8\"",
            "bytes\": must be a whole number, not \"8\""),
        operation(
            "\"0x400000\"",
            "\"0x400002\",\"bytes\":8",
            "address\": 0x400002 is not a multiple of 4"),
        fields(
            "store",
            "\"address\":\"0x0\",\"bytes\":8,\"value\":\"0x11111111111111111\"",
            "value\": must be a hexadecimal text such as \"0x1000\", not"
                + " \"0x11111111111111111\""),
        fields(
            "foreign-store",
            "\"address\":\"0x1004\",\"bytes\":8,\"value\":\"0x0\"",
            "address\": 0x1004 is not a multiple of 8"),
        fields(
            "foreign-store",
            "\"address\":\"0x8000000000000000\",\"bytes\":8,\"value\":\"0x0\"",
            "address\": 0x8000000000000000 is beyond 40-bit physical addresses"),
        fields(
            "invlpg",
            "\"address\":\"0x0\",\"bytes\":8",
            "bytes\": is unknown; invlpg has record, n, op, vm, vcpu, address"));
  }

  @TestFactory
  Stream<DynamicTest> ofLaterInstructions() {
    return refused(
        fields(
            "invpcid",
            "\"type\":\"0\",\"pcid\":0,\"address\":\"0x0\"",
            "type\": \"0\" is not one of address, single-context, all-contexts,"
                + " all-contexts-keeping-globals"),
        fields(
            "invpcid",
            "\"type\":\"address\",\"pcid\":4096,\"address\":\"0x0\"",
            "pcid\": must be 0 to 4095, not 4096"),
        fields("invpcid", "\"type\":\"all-contexts\",\"pcid\":0", "address\": is missing"),
        fields(
            "write-pkru",
            "\"value\":\"0x100000000\"",
            "value\": 0x100000000 does not fit in 32 bits"),
        fields(
            "change-ac", "\"alignmentCheck\":1", "alignmentCheck\": must be true or false, not 1"),
        fields(
            "change-ac",
            "\"ac\":true",
            "ac\": is unknown; change-ac has record, n, op, vm, vcpu, alignmentCheck"));
  }
}
