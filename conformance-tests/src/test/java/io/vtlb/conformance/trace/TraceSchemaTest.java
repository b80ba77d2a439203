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

  @Test
  void admitsEachLineOfTheGoldenFile() throws IOException {
    EveryRecordTest.golden()
        .lines()
        .forEach(line -> assertEquals(List.of(), PublishedSchema.errors(line), line));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void refuses(String line) {
    assertNotEquals(List.of(), PublishedSchema.errors(line));
  }

  static Stream<String> badLines() {
    return Stream.of(
        "{}",
        "[]",
        edited(WORLD, "vtlb-trace/1", "vtlb-trace/2"),
        edited(WORLD, "32-bit", "pae"),
        edited(WORLD, "\"seed\"", "\"sead\""),
        edited(WORLD, "0x80010001", "0x80010011"),
        edited(WORLD, "\"0x90\"", "\"0xb0\""),
        edited(WORLD, "\"efer\":\"0x0\"", "\"efer\":\"0x800\""),
        edited(WORLD, "\"frames\":1}", "\"frames\":0}"),
        edited(WORLD, "\"address\":\"0x2000\"", "\"address\":\"0x2002\""),
        edited(LOAD, "\"n\":1", "\"n\":0"),
        edited(LOAD, "\"load\"", "\"laod\""),
        edited(LOAD, "\"load\"", "\"store\""),
        edited(LOAD, "\"address\"", "\"adress\""),
        edited(LOAD, "0x400000", "0x400001"),
        edited(LOAD, "0x400000", "0x100400000"),
        edited(LOAD, "\"0x400000\"", "4194304"),
        edited(Refusals.FAULT, "\"load\"", "\"store\""),
        edited(Refusals.INJECT, "inject-page-fault", "resume"),
        edited(Refusals.FAULTED, "page-fault", "loaded"),
        edited(VERDICT, "\"rule\":null,", ""),
        edited(VERDICT, "null", "\"tlb\""));
  }
}
