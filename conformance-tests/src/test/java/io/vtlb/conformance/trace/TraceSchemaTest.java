package io.vtlb.conformance.trace;

import static io.vtlb.conformance.trace.Refusals.LOAD;
import static io.vtlb.conformance.trace.Refusals.VERDICT;
import static io.vtlb.conformance.trace.Refusals.WORLD;
import static io.vtlb.conformance.trace.Refusals.edited;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema says of each line what the reader says. */
class TraceSchemaTest {

  private static final String STORE =
      "{\"record\":\"operation\",\"n\":1,\"op\":\"store\",\"vm\":0,\"vcpu\":0,"
          + "\"address\":\"0x0\",\"value\":\"0xffffffff\"}";

  private static final String MAP =
      "{\"record\":\"operation\",\"n\":1,\"op\":\"map-frames\",\"vm\":0,"
          + "\"guestFrame\":\"0x5\",\"hostFrame\":\"0x5\",\"frames\":1}";
  private static final String AT_READ =
      "{\"record\":\"operation\",\"n\":1,\"op\":\"at-read\",\"read\":1,\"operation\":"
          + "{\"op\":\"unmap-frames\",\"vm\":0,\"guestFrame\":\"0x5\",\"frames\":1}}";
  private static final String FOLLOWED =
      "{\"record\":\"host-response\",\"n\":1,\"drops\":[],\"dirtyFrames\":[\"0x5\"]}";

  @Test
  void admitsWhatTheBadLinesOfTheHostAreMadeFrom() {
    for (String line : List.of(MAP, AT_READ, FOLLOWED)) {
      assertEquals(List.of(), PublishedSchema.errors(line), line);
    }
  }

  @Test
  void admitsEachLineOfTheGoldenFiles() throws IOException {
    EveryRecordTest.golden()
        .lines()
        .forEach(line -> assertEquals(List.of(), PublishedSchema.errors(line), line));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void refuses(String line) {
    assertNotEquals(List.of(), PublishedSchema.errors(line));
  }

  @ParameterizedTest
  @MethodSource
  void refusesOfTheHost(String line) {
    assertNotEquals(List.of(), PublishedSchema.errors(line));
  }

  static Stream<String> refusesOfTheHost() {
    return Stream.of(
        edited(WORLD, "\"frames\":1}", "\"frames\":1,\"readOnly\":0}"),
        edited(MAP, "\"frames\":1", "\"frames\":0"),
        edited(MAP, "\"frames\":1", "\"frames\":1048577"),
        edited(MAP, "\"vm\":0", "\"vm\":0,\"vcpu\":0"),
        edited(MAP, "\"hostFrame\":\"0x5\"", "\"hostFrame\":\"0x10000000000\""),
        edited(MAP, "map-frames", "unmap-frames"),
        edited(MAP, "map-frames", "resize-pages"),
        edited(AT_READ, "\"read\":1", "\"read\":0"),
        edited(AT_READ, "\"read\":1", "\"read\":1,\"vm\":0"),
        edited(AT_READ, "{\"op\":", "{\"n\":1,\"op\":"),
        edited(
            AT_READ,
            "\"unmap-frames\",\"vm\":0,\"guestFrame\":\"0x5\",\"frames\":1",
            "\"destroy-machine\",\"vm\":0"),
        edited(FOLLOWED, ",\"dirtyFrames\":[\"0x5\"]", ""),
        edited(FOLLOWED, "\"0x5\"", "5"),
        edited(FOLLOWED, "\"0x5\"", "\"0x5\",\"0x5\""));
  }

  static Stream<String> badLines() {
    return Stream.of(
        "{}",
        "[]",
        edited(WORLD, "vtlb-trace/1", "vtlb-trace/2"),
        edited(WORLD, "32-bit", "pae"),
        edited(WORLD, "\"seed\"", "\"sead\""),
        edited(WORLD, "\"name\"", "\"vendor\":\"via\",\"name\""),
        edited(WORLD, "\"name\"", "\"capabilities\":[\"pse36\"],\"name\""),
        edited(WORLD, "\"name\"", "\"capabilities\":[\"smep\",\"smep\"],\"name\""),
        edited(WORLD, "0x80010001", "0x80010041"),
        edited(WORLD, "0x80010001", "0x180010001"),
        edited(WORLD, "0x80010001", "0x90010001"),
        edited(WORLD, "\"cr3\":\"0x1000\"", "\"cr3\":\"0x10000000000000\""),
        edited(WORLD, "\"0x90\"", "\"0x2090\""),
        edited(WORLD, "\"0x90\"", "\"0x800090\""),
        edited(WORLD, "\"efer\":\"0x0\"", "\"efer\":\"0x200\""),
        edited(WORLD, "\"efer\":\"0x0\"", "\"efer\":\"0x2\""),
        edited(WORLD, "\"cpl\":0", "\"cpl\":0,\"pdptes\":[\"0x0\"]"),
        edited(WORLD, "\"cpl\":0", "\"cpl\":0,\"alignmentCheck\":1"),
        edited(WORLD, "\"cpl\":0", "\"cpl\":0,\"pkru\":\"0x100000000\""),
        edited(WORLD, "\"frames\":1}", "\"frames\":0}"),
        edited(WORLD, "\"address\":\"0x2000\"", "\"address\":\"0x2002\""),
        edited(LOAD, "\"n\":1", "\"n\":0"),
        edited(LOAD, "\"load\"", "\"laod\""),
        edited(LOAD, "\"load\"", "\"store\""),
        edited(LOAD, "\"address\"", "\"adress\""),
        edited(LOAD, "0x400000", "0x400001"),
        edited(LOAD, "\"0x400000\"", "\"0x400000\",\"bytes\":2"),
        edited(LOAD, "\"vcpu\":0", "\"vcpu\":8"),
        edited(STORE, "0xffffffff\"", "0x100000000\""),
        edited(STORE, "\"store\"", "\"invpcid\""),
        edited(Refusals.FAULT, "\"load\"", "\"load\",\"bytes\":1"),
        edited(Refusals.FAULT, "\"activeCode\"", "\"pkru\":0,\"activeCode\""),
        edited(LOAD, "\"0x400000\"", "4194304"),
        edited(Refusals.FAULT, "\"load\"", "\"store\""),
        edited(Refusals.INJECT, "inject-page-fault", "resume"),
        edited(Refusals.FAULTED, "page-fault", "loaded"),
        edited(VERDICT, "\"rule\":null,", ""),
        edited(VERDICT, "null", "\"tlb\""));
  }
}
