package io.vtlb.conformance.trace;

import static io.vtlb.conformance.trace.Refusals.FAULT;
import static io.vtlb.conformance.trace.Refusals.FAULTED;
import static io.vtlb.conformance.trace.Refusals.INJECT;
import static io.vtlb.conformance.trace.Refusals.LOAD;
import static io.vtlb.conformance.trace.Refusals.VERDICT;
import static io.vtlb.conformance.trace.Refusals.WORLD;
import static io.vtlb.conformance.trace.Refusals.refused;
import static io.vtlb.conformance.trace.Refusals.second;

import io.vtlb.conformance.trace.Refusals.Bad;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is no trace at all, or has its records out of order. */
class RefusedFileTest {

  @TestFactory
  Stream<DynamicTest> ofWhatIsNoTrace() {
    return refused(
        new Bad("", " is empty; a trace starts with its world"),
        new Bad("\n \n\r\n", " is empty; a trace starts with its world"),
        new Bad("hello\n", "1: is not JSON from column 1 on"),
        new Bad("[1]\n", "1: is not a JSON object but [1]"),
        new Bad("\"world\"\n", "1: is not a JSON object but \"world\""),
        new Bad("{}\n", "1: field \"record\": is missing"),
        new Bad(
            LOAD + "\n",
            "1: field \"record\": the first line of a trace is its world, not \"operation\""),
        new Bad(
            "{\"e\":\"hdr\",\"format\":\"kvm-shadow-paging-trace/1\",\"name\":\"x\"}\n",
            "1: field \"format\": \"kvm-shadow-paging-trace/1\" is a recording of KVM's shadow MMU,"
                + " not a vtlb trace: check-recording reads it"),
        new Bad("\ufeff" + WORLD, "1: starts with a byte order mark: save it as UTF-8 without one"),
        new Bad(
            WORLD.strip() + " {}\n",
            "1: has more than one JSON value; a trace has one object on each line"),
        new Bad(WORLD + "\n{\"record\":tru\n", "3: is not JSON from column 11 on"),
        new Bad(
            WORLD + LOAD.substring(0, 40), "2: the trace is cut off in the middle of this line"),
        new Bad(WORLD + "{\"record\":nul", "2: the trace is cut off in the middle of this line"),
        new Bad(WORLD + "{\"record\":}", "2: is not JSON from column 11 on"),
        new Bad(
            WORLD + "[".repeat(2000) + "\n",
            "2: is JSON too deeply nested, or has a number or name too long, to be a trace"));
  }

  @TestFactory
  Stream<DynamicTest> ofWhatIsOutOfOrder() {
    return refused(
        new Bad(WORLD + FAULTED, "2: field \"n\": is 1, but stands after operation 0"),
        new Bad(WORLD + WORLD, "2: field \"record\": a trace has one world, on its first line"),
        new Bad(WORLD + LOAD + INJECT, "3: field \"record\": a response stands after its event"),
        new Bad(
            WORLD + LOAD + FAULT + FAULT,
            "4: field \"record\": the event before this one has no response"),
        new Bad(
            WORLD + LOAD + FAULT + FAULTED,
            "4: field \"record\": the event before this observation has no response"),
        new Bad(
            WORLD + LOAD + FAULTED + FAULT,
            "4: field \"record\": operation 1 ends with the observation before"),
        new Bad(
            WORLD + LOAD + second(LOAD) + second(FAULTED),
            "4: field \"record\": recorded after operation 1, which has no observation"),
        new Bad(
            WORLD + LOAD + VERDICT + second(LOAD),
            "4: field \"record\": nothing stands after the verdict"));
  }
}
