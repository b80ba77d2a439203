package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A recording with its facts changed: each change is reported, with its line and its check. */
class ChangedFactsTest {

  private static final String PF_RET = "{\"e\":\"pf_ret\",\"r\":\"";

  @TempDir private Path folder;

  /** Changes every line that a change has an effect on; says which lines those are. */
  private static Set<Long> change(List<String> lines, UnaryOperator<String> change) {
    Set<Long> changed = new TreeSet<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = change.apply(lines.get(i));
      if (!line.equals(lines.get(i))) {
        lines.set(i, line);
        changed.add(i + 1L);
      }
    }
    return changed;
  }

  private static Set<Long> linesOf(RecordingReport report, CheckKind check) {
    Set<Long> lines = new TreeSet<>();
    for (Disagreement disagreement : report.disagreements()) {
      if (disagreement.check() == check) {
        lines.add(disagreement.line());
      }
    }
    return lines;
  }

  /** Changes the hexadecimal value of a field in each record of a kind. */
  private static UnaryOperator<String> hex(String kind, String field, UnaryOperator<Long> change) {
    Pattern pattern = Pattern.compile("\"" + field + "\":\"0x([0-9a-f]+)\"");
    return line ->
        line.startsWith("{\"e\":\"" + kind + "\"")
            ? pattern
                .matcher(line)
                .replaceFirst(found -> "\"" + field + "\":\"0x" + changed(found, change) + "\"")
            : line;
  }

  private static String changed(MatchResult found, UnaryOperator<Long> change) {
    return Long.toHexString(change.apply(Long.parseUnsignedLong(found.group(1), 16)));
  }

  private static UnaryOperator<String> replace(String kind, String part, String by) {
    return line -> line.startsWith("{\"e\":\"" + kind + "\"") ? line.replace(part, by) : line;
  }

  private static UnaryOperator<String> replaceAll(String kind, String pattern, String by) {
    return line -> line.startsWith("{\"e\":\"" + kind + "\"") ? line.replaceAll(pattern, by) : line;
  }

  private static Arguments each(
      String what, TrimmedRecording in, CheckKind check, UnaryOperator<String> change) {
    return Arguments.of(what, in, check, change);
  }

  static List<Arguments> noticedWhereverTheyAre() {
    TrimmedRecording linux = TrimmedRecording.LINUX;
    TrimmedRecording probe = TrimmedRecording.PROBE;
    TrimmedRecording pae = TrimmedRecording.LINUX_PAE;
    TrimmedRecording linux64 = TrimmedRecording.LINUX_64;
    TrimmedRecording probe64 = TrimmedRecording.PROBE_64;
    return List.of(
        each(
            "a PDPTE register missing",
            pae,
            CheckKind.OUTCOME,
            replaceAll("walk", "\\[\"0x[0-9a-f]+\",3\\],", "")),
        each(
            "a PDPTE register that is not present",
            pae,
            CheckKind.OUTCOME,
            replaceAll("walk", "(\"el\":\\[\\[\"0x[0-9a-f]+)1\",3", "$10\",3")),
        each(
            "the top entry with a reserved bit",
            linux64,
            CheckKind.OUTCOME,
            replaceAll("walk", "(\"el\":\\[\\[\"0x[0-9a-f]*)(.{2}\",4)", "$11$2")),
        each(
            "a bit in another table of eight-byte entries",
            probe64,
            CheckKind.ACCESSED_DIRTY,
            replaceAll("walk", "\"ad\":\\[\\[\"(.)\",\"0x", "\"ad\":[[\"$1\",\"0x1")),
        each(
            "I/D of an error code, 4 levels",
            probe64,
            CheckKind.ERROR_CODE,
            hex("walk", "err", c -> c ^ 16)),
        each(
            "another fault address, 4 levels",
            probe64,
            CheckKind.PROBE,
            hex("probe", "cr2", a -> a + 4096)),
        each("P of an error code", linux, CheckKind.ERROR_CODE, hex("walk", "err", c -> c ^ 1)),
        each("W of an error code", probe, CheckKind.ERROR_CODE, hex("walk", "err", c -> c ^ 2)),
        each("RSVD of an error code", probe, CheckKind.ERROR_CODE, hex("walk", "err", c -> c ^ 8)),
        each("I/D of an error code", probe, CheckKind.ERROR_CODE, hex("walk", "err", c -> c ^ 16)),
        each(
            "a success that failed",
            linux,
            CheckKind.OUTCOME,
            replace("walk", "\"ok\":1", "\"ok\":0,\"err\":\"0x1\"")),
        each(
            "a failure that succeeded",
            probe,
            CheckKind.OUTCOME,
            replace("walk", "\"ok\":0", "\"ok\":1")),
        each(
            "a last entry more",
            linux,
            CheckKind.OUTCOME,
            replace("walk", ",1]],", ",1],[\"0x1\",1]],")),
        each(
            "a last entry missing",
            probe,
            CheckKind.OUTCOME,
            replaceAll("walk", ",\\[\"0x[0-9a-f]+\",1\\]\\]", "]")),
        each("a level too high", linux, CheckKind.OUTCOME, replace("walk", "\",1]]", "\",2]]")),
        each(
            "an entry too wide",
            linux,
            CheckKind.OUTCOME,
            replace("walk", "\"el\":[[\"0x", "\"el\":[[\"0xf00000000")),
        each(
            "bits not set",
            probe,
            CheckKind.ACCESSED_DIRTY,
            replaceAll("walk", "\"ad\":\\[\\[.*\\]\\],", "")),
        each("A taken for D", probe, CheckKind.ACCESSED_DIRTY, replace("walk", "[\"A\"", "[\"D\"")),
        each(
            "a bit in another table",
            probe,
            CheckKind.ACCESSED_DIRTY,
            replaceAll("walk", "\"ad\":\\[\\[\"(.)\",\"0x", "\"ad\":[[\"$1\",\"0x1")),
        each("a device's frame", linux, CheckKind.FRAME, inEvents("mmio_spte")),
        each("a store's address", linux, CheckKind.FRAME, hex("pte_write", "gpa", a -> a ^ 4096)),
        each("an injected code", linux, CheckKind.INJECTION, hex("inject_pf", "err", c -> c ^ 1)),
        each(
            "an injected address",
            linux,
            CheckKind.INJECTION,
            hex("inject_pf", "addr", a -> a + 1)),
        each(
            "another vector",
            linux,
            CheckKind.INJECTION,
            replace("inject_pf", "\"vector\":14", "\"vector\":13")),
        each("WP of a mode", probe, CheckKind.CONTROL, replace("mode", "\"wp\":1", "\"wp\":0")),
        each("another fault address", probe, CheckKind.PROBE, hex("probe", "cr2", a -> a + 4096)),
        each(
            "another exception",
            probe,
            CheckKind.PROBE,
            replace("probe", "\"vec\":14", "\"vec\":13")),
        each(
            "U of a reported code after a flush",
            probe,
            CheckKind.PROBE,
            flushed(hex("probe", "err", c -> c ^ 4))),
        each(
            "an access after a flush that faulted",
            probe,
            CheckKind.PROBE,
            flushed(
                replace("probe", "\"vec\":null", "\"vec\":14,\"err\":\"0x1\",\"cr2\":\"0x0\""))),
        each(
            "a fault after a flush that did not happen",
            probe,
            CheckKind.PROBE,
            flushed(replaceAll("probe", "\"vec\":14.*\\}", "\"vec\":null}"))));
  }

  private static UnaryOperator<String> flushed(UnaryOperator<String> change) {
    return line -> line.contains("\"flush\":0") ? line : change.apply(line);
  }

  /** The one device mark of the recording that is set in a page-fault event. */
  private static UnaryOperator<String> inEvents(String kind) {
    UnaryOperator<String> change = hex(kind, "gfn", frame -> frame + 1);
    return line -> line.contains("\"gfn\":\"0xfec00\"") ? change.apply(line) : line;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void noticedWhereverTheyAre(
      String what, TrimmedRecording in, CheckKind check, UnaryOperator<String> change)
      throws Exception {
    List<String> lines = new ArrayList<>(in.lines());
    Set<Long> changed = change(lines, change);
    assertTrue(changed.size() > 0, "nothing was changed");
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertEquals(changed, linesOf(report, check));
  }

  @Test
  void framesAreNoticedOnceForEachWalk() throws Exception {
    List<String> lines = new ArrayList<>(TrimmedRecording.LINUX.lines());
    Set<Long> changed = change(lines, hex("spte_req", "gfn", frame -> frame + 1));
    RecordingReport report = TrimmedRecording.check(folder, lines);
    Set<Long> noticed = linesOf(report, CheckKind.FRAME);
    assertTrue(changed.containsAll(noticed));
    assertEquals(13, changed.size() - noticed.size(), "without paging there is no walk");
    assertEquals(noticed.size(), report.walks().disagree());
    assertEquals(2522, report.walks().total());
  }

  static List<Arguments> rights() {
    UnaryOperator<Long> user = spte -> spte | 4;
    UnaryOperator<Long> writable = spte -> spte | 2;
    UnaryOperator<Long> executable = spte -> spte & ~(1L << 63);
    return List.of(
        Arguments.of("user", TrimmedRecording.LINUX, user, 640, 360, 273),
        Arguments.of("user", TrimmedRecording.PROBE, user, 488, 456, 0),
        Arguments.of("writable", TrimmedRecording.LINUX, writable, 756, 557, 0),
        Arguments.of("writable", TrimmedRecording.PROBE, writable, 165, 151, 0),
        Arguments.of("user", TrimmedRecording.LINUX_PAE, user, 423, 264, 154),
        Arguments.of("writable", TrimmedRecording.LINUX_PAE, writable, 583, 485, 0),
        Arguments.of("executable", TrimmedRecording.LINUX_PAE, executable, 128, 88, 7),
        Arguments.of("user", TrimmedRecording.LINUX_64, user, 674, 240, 434),
        Arguments.of("writable", TrimmedRecording.LINUX_64, writable, 448, 334, 0),
        Arguments.of("executable", TrimmedRecording.LINUX_64, executable, 808, 739, 7),
        Arguments.of("user", TrimmedRecording.PROBE_64, user, 577, 350, 224),
        Arguments.of("writable", TrimmedRecording.PROBE_64, writable, 178, 98, 14),
        Arguments.of("executable", TrimmedRecording.PROBE_64, executable, 87, 50, 28));
  }

  /**
   * Not every wider entry is wrong: a write-protected page's may be writable, and what bounds a
   * prefetched entry is only the tables above it.
   */
  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("rights")
  void wideRightsAreNoticed(
      String right,
      TrimmedRecording in,
      UnaryOperator<Long> change,
      int changes,
      int leaves,
      int prefetched)
      throws Exception {
    List<String> lines = new ArrayList<>(in.lines());
    Set<Long> changed = change(lines, hex("spte_set", "spte", change));
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertEquals(changes, changed.size());
    assertTrue(changed.containsAll(linesOf(report, CheckKind.LEAF_RIGHTS)));
    assertTrue(changed.containsAll(linesOf(report, CheckKind.PREFETCHED_RIGHTS)));
    assertEquals(leaves, linesOf(report, CheckKind.LEAF_RIGHTS).size());
    assertEquals(prefetched, linesOf(report, CheckKind.PREFETCHED_RIGHTS).size());
  }

  /** The control state that such a write leaves is noticed as well, at the next mode record. */
  @Test
  void aLegalWriteToARegisterThatIsRefusedIsNoticed() throws Exception {
    List<String> lines = new ArrayList<>(TrimmedRecording.LINUX_64.lines());
    Set<Long> changed = change(lines, replaceAll("cr4", "\\}$", ",\"gp\":1}"));
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertTrue(changed.size() > 0);
    assertTrue(linesOf(report, CheckKind.REGISTERS).containsAll(changed));
  }

  @Test
  void aLegalWriteToARegisterWithAnotherValueIsNoticedInTheMode() throws Exception {
    List<String> lines = new ArrayList<>(TrimmedRecording.PROBE_64.lines());
    Set<Long> changed = change(lines, hex("efer", "val", value -> value ^ 0x800));
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertTrue(changed.size() > 0);
    assertTrue(linesOf(report, CheckKind.REGISTERS).size() > 0);
  }

  @Test
  void aFaultOfTheGuestThatIsResolvedIsNoticed() throws Exception {
    List<String> lines = new ArrayList<>(TrimmedRecording.LINUX.lines());
    Set<Long> answers = new TreeSet<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).startsWith("{\"e\":\"inject_pf\"")
          && lines.get(i + 1).startsWith(PF_RET + "retry")) {
        lines.set(i, "{\"e\":\"sync_roots\"}");
        lines.set(i + 1, PF_RET + "fixed\"}");
        answers.add(i + 2L);
      }
    }
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertEquals(answers, linesOf(report, CheckKind.CLASSIFICATION));
    assertEquals(answers.size(), linesOf(report, CheckKind.INJECTION).size());
  }

  @Test
  void aFaultOfTheHypervisorThatIsHandedOverIsNoticed() throws Exception {
    List<String> lines = new ArrayList<>(TrimmedRecording.LINUX.lines());
    Set<Long> injections = new TreeSet<>();
    for (int i = 1; i < lines.size() - 2; i++) {
      if (lines.get(i).startsWith("{\"e\":\"walk\"")
          && lines.get(i + 1).startsWith("{\"e\":\"spte_req\"")
          && lines.get(i + 2).startsWith("{\"e\":\"spte_set\"")) {
        lines.set(i + 1, "{\"e\":\"inject_pf\",\"vector\":14,\"err\":\"0x0\",\"addr\":\"0x1000\"}");
        injections.add(i + 2L);
      }
    }
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertEquals(injections, linesOf(report, CheckKind.CLASSIFICATION));
    assertEquals(injections, linesOf(report, CheckKind.INJECTION));
  }

  @Test
  void aBitThatTheGuestSawSetWithoutReasonIsNoticed() throws Exception {
    List<String> lines = new ArrayList<>(TrimmedRecording.PROBE.lines());
    Pattern leaf = Pattern.compile("\"0x([0-9a-f]+)\"\\]\\],\"vec\":14");
    Set<Long> changed =
        change(
            lines,
            line ->
                leaf.matcher(line)
                    .replaceFirst(
                        found -> "\"0x" + changed(found, bits -> bits ^ 0x40) + "\"]],\"vec\":14"));
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertTrue(changed.size() > 0);
    assertTrue(linesOf(report, CheckKind.PROBE).containsAll(changed));
  }

  /**
   * Accesses without a flush are noticed too, where they relied on an entry that had its A bit set.
   */
  @Test
  void aBitThatTheGuestSawLeftUnsetIsNoticed() throws Exception {
    List<String> lines = new ArrayList<>(TrimmedRecording.PROBE.lines());
    Set<Long> changed =
        change(
            lines,
            flushed(
                replaceAll(
                    "probe",
                    "\\[\"(0x\\w+)\",\"(0x\\w+)\",\"0x\\w+\"\\]",
                    "[\"$1\",\"$2\",\"$2\"]")));
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertTrue(changed.size() > 0);
    assertTrue(linesOf(report, CheckKind.PROBE).containsAll(changed));
  }
}
