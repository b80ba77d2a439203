package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.recording.RecordingReport.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the recordings at hand do not hold, in a few lines each. */
class HandWrittenRecordsTest {

  private static final String NO_PAGE = "\"ok\":0,\"err\":\"0x0\"";
  private static final String PRESENT_PDPTE = "[\"0x300008\",\"0x302001\",\"0x302001\"],";

  @TempDir private Path folder;

  private static Arguments agrees(String what, CheckKind check, String... lines) {
    return Arguments.of(what, check, new Score(1, 0), List.of(lines));
  }

  private static Arguments disagrees(String what, CheckKind check, String... lines) {
    return Arguments.of(what, check, new Score(0, 1), List.of(lines));
  }

  static List<Arguments> judged() {
    List<Arguments> all = new ArrayList<>();
    all.addAll(walks());
    all.addAll(leaves());
    all.addAll(probes());
    all.addAll(registers());
    return all;
  }

  private static List<Arguments> walks() {
    return List.of(
        agrees(
            "a PDPTE register of the highest gigabyte, by the store's A and D bits",
            CheckKind.ACCESSED_DIRTY,
            HandWritten.PAE_MODE,
            HandWritten.walk(
                "0xc0201000",
                "0x2",
                "[\"0x2001\",3],[\"0x3003\",2],[\"0x4003\",1]",
                "\"ok\":1,\"ad\":[[\"A\",\"0x2008\"],[\"A\",\"0x3008\"],[\"D\",\"0x3008\"]]")),
        agrees(
            "a PDPTE register that is not present",
            CheckKind.ERROR_CODE,
            HandWritten.PAE_MODE,
            HandWritten.walk("0xc0201000", "0x0", "[\"0x2000\",3]", NO_PAGE)),
        disagrees(
            "a walk of PAE paging without its PDPTE register",
            CheckKind.OUTCOME,
            HandWritten.PAE_MODE,
            HandWritten.walk("0xc0201000", "0x0", "[\"0x3023\",2],[\"0x4023\",1]", "\"ok\":1")),
        agrees(
            "the A bits of 5-level paging, of the highest page",
            CheckKind.ACCESSED_DIRTY,
            HandWritten.FIVE_LEVEL_MODE,
            HandWritten.walk(
                "0xfffffffffffff000",
                "0x0",
                "[\"0x2003\",5],[\"0x3003\",4],[\"0x4023\",3],[\"0x5023\",2],[\"0x6003\",1]",
                "\"ok\":1,\"ad\":[[\"A\",\"0x1ff8\"],[\"A\",\"0x2ff8\"],[\"A\",\"0x5ff8\"]]")),
        agrees(
            "bit 7 of a PML5E is reserved",
            CheckKind.ERROR_CODE,
            HandWritten.FIVE_LEVEL_MODE,
            HandWritten.walk("0x1000", "0x0", "[\"0x20a3\",5]", "\"ok\":0,\"err\":\"0x9\"")));
  }

  private static List<Arguments> leaves() {
    String walk =
        HandWritten.walk(
            "0x40201000",
            "0x0",
            "[\"0x2023\",4],[\"0x3023\",3],[\"0x4023\",2],[\"0x5023\",1]",
            "\"ok\":1");
    String gigabyte =
        HandWritten.walk(
            "0x40201000", "0x0", "[\"0x2023\",4],[\"0x80000000000000a3\",3]", "\"ok\":1");
    return List.of(
        Arguments.of(
            "an active leaf that is larger than the guest's, though right for the page",
            CheckKind.FRAME,
            new Score(1, 1),
            List.of(
                HandWritten.FOUR_LEVEL_MODE,
                HandWritten.PAGE_FAULT,
                walk,
                HandWritten.leaf(2, "0x4", "0x8000000045600ae1"))),
        agrees(
            "a fragment of 4 KiB of a 1 GiB page",
            CheckKind.FRAME,
            HandWritten.FOUR_LEVEL_MODE,
            HandWritten.PAGE_FAULT,
            gigabyte,
            HandWritten.leaf(1, "0x201", "0x8000000045601a61")),
        disagrees(
            "another fragment than the access's",
            CheckKind.FRAME,
            HandWritten.FOUR_LEVEL_MODE,
            HandWritten.PAGE_FAULT,
            gigabyte,
            HandWritten.leaf(1, "0x200", "0x8000000045600a61")),
        agrees(
            "execution withheld, as the guest's leaf does",
            CheckKind.LEAF_RIGHTS,
            HandWritten.FOUR_LEVEL_MODE,
            HandWritten.PAGE_FAULT,
            gigabyte,
            HandWritten.leaf(2, "0x200", "0x8000000045600ae1")),
        disagrees(
            "execution that the guest's leaf withholds",
            CheckKind.LEAF_RIGHTS,
            HandWritten.FOUR_LEVEL_MODE,
            HandWritten.PAGE_FAULT,
            gigabyte,
            HandWritten.leaf(2, "0x200", "0x45600ae1")),
        disagrees(
            "stores before the guest's leaf is dirty",
            CheckKind.LEAF_RIGHTS,
            HandWritten.FOUR_LEVEL_MODE,
            HandWritten.PAGE_FAULT,
            gigabyte,
            HandWritten.leaf(2, "0x200", "0x8000000045600ae3")));
  }

  private static List<Arguments> probes() {
    String completes = "\"vec\":null";
    String faults = "\"vec\":14,\"err\":\"0x0\",\"cr2\":\"0x40201000\"";
    return List.of(
        agrees(
            "a PAE guest's access, with the bits that it sets",
            CheckKind.PROBE,
            HandWritten.paeProbe(
                "write",
                "0x40201000",
                2,
                PRESENT_PDPTE
                    + "[\"0x302008\",\"0x303003\",\"0x303023\"],[\"0x303008\",\"0x800003\",\"0x800063\"]",
                completes)),
        disagrees(
            "an A bit in a PDPTE",
            CheckKind.PROBE,
            HandWritten.paeProbe(
                "read",
                "0x40201000",
                2,
                "[\"0x300008\",\"0x302001\",\"0x302021\"],"
                    + "[\"0x302008\",\"0x303003\",\"0x303023\"],[\"0x303008\",\"0x800003\",\"0x800023\"]",
                completes)),
        agrees(
            "a PAE guest's fault at its PDPTE",
            CheckKind.PROBE,
            HandWritten.paeProbe(
                "read", "0x40201000", 2, "[\"0x300008\",\"0x302000\",\"0x302000\"]", faults)),
        disagrees(
            "a fault at a PDPTE that is present",
            CheckKind.PROBE,
            HandWritten.paeProbe(
                "read",
                "0x40201000",
                2,
                PRESENT_PDPTE
                    + "[\"0x302008\",\"0x303023\",\"0x303023\"],[\"0x303008\",\"0x800023\",\"0x800023\"]",
                faults)));
  }

  private static List<Arguments> registers() {
    return List.of(
        agrees(
            "CR4.PAE=0 in IA-32e mode is refused",
            CheckKind.REGISTERS,
            HandWritten.FOUR_LEVEL_MODE,
            "{\"e\":\"cr4\",\"val\":\"0x0\",\"old\":\"0x20\",\"gp\":1}"),
        disagrees(
            "CR4.PAE=0 in IA-32e mode is not legal",
            CheckKind.REGISTERS,
            HandWritten.FOUR_LEVEL_MODE,
            "{\"e\":\"cr4\",\"val\":\"0x0\",\"old\":\"0x20\"}"),
        disagrees(
            "a CR3 in range is not refused",
            CheckKind.REGISTERS,
            HandWritten.FOUR_LEVEL_MODE,
            "{\"e\":\"cr3\",\"val\":\"0xfffffff000\",\"old\":\"0x1000\",\"gp\":1}"),
        agrees(
            "a CR3 beyond MAXPHYADDR is refused",
            CheckKind.REGISTERS,
            HandWritten.FOUR_LEVEL_MODE,
            "{\"e\":\"cr3\",\"val\":\"0x10000000000\",\"old\":\"0x1000\",\"gp\":1}"));
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @MethodSource
  void judged(String what, CheckKind check, Score score, List<String> lines) throws Exception {
    List<String> recording = new ArrayList<>();
    recording.add(HandWritten.header());
    recording.addAll(lines);
    assertEquals(score, TrimmedRecording.check(folder, recording).checks().get(check), what);
  }
}
