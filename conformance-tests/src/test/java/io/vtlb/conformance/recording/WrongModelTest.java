package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.recording.RecordingReport.Verdict;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.GuestMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The data notices a wrong model: each wrong rule makes the trimmed recordings disagree. */
class WrongModelTest {

  @TempDir private Path folder;

  /** The reference model, told something else than what is. */
  private record Misled(
      AccessModel model,
      UnaryOperator<ControlState> control,
      UnaryOperator<Access> access,
      LongUnaryOperator entry)
      implements AccessModel {

    @Override
    public PagingMode mode() {
      return model.mode();
    }

    @Override
    public Prediction predict(Access real, ControlState state, GuestMemory memory) {
      return model.predict(access.apply(real), control.apply(state), new Rewritten(memory, entry));
    }
  }

  /** Guest memory whose entries are read as something else. */
  private record Rewritten(GuestMemory memory, LongUnaryOperator entry) implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      return entry.applyAsLong(memory.read(physicalAddress, bytes));
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
      return memory.compareAndSet(physicalAddress, bytes, expected, replacement);
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
    }
  }

  private static AccessModel.Factory control(UnaryOperator<ControlState> control) {
    return (mode, profile) ->
        new Misled(new ArchitecturalModel(mode, profile), control, access -> access, e -> e);
  }

  private static AccessModel.Factory access(UnaryOperator<Access> access) {
    return (mode, profile) ->
        new Misled(new ArchitecturalModel(mode, profile), control -> control, access, e -> e);
  }

  private static AccessModel.Factory entry(LongUnaryOperator entry) {
    return (mode, profile) ->
        new Misled(new ArchitecturalModel(mode, profile), control -> control, a -> a, entry);
  }

  private static UnaryOperator<ControlState> cr0(long set, long clear) {
    return state ->
        new ControlState((state.cr0() & ~clear) | set, state.cr3(), state.cr4(), state.efer());
  }

  private static UnaryOperator<ControlState> cr4(long set, long clear) {
    return state ->
        new ControlState(state.cr0(), state.cr3(), (state.cr4() & ~clear) | set, state.efer());
  }

  static List<Arguments> noticed() {
    long large = EntryBits.LARGE | EntryBits.PRESENT;
    return List.of(
        Arguments.of("WP always 1", control(cr0(ControlState.CR0_WP, 0))),
        Arguments.of("WP always 0", control(cr0(0, ControlState.CR0_WP))),
        Arguments.of("no SMEP", control(cr4(0, ControlState.CR4_SMEP))),
        Arguments.of("no SMAP", control(cr4(0, ControlState.CR4_SMAP))),
        Arguments.of("SMAP always", control(cr4(ControlState.CR4_SMAP, 0))),
        Arguments.of("no PSE", control(cr4(0, ControlState.CR4_PSE))),
        Arguments.of("PSE always", control(cr4(ControlState.CR4_PSE, 0))),
        Arguments.of(
            "SMAP ignores AC",
            access(real -> new Access(real.address(), real.kind(), real.set(), false))),
        Arguments.of(
            "AC always set",
            access(real -> new Access(real.address(), real.kind(), real.set(), true))),
        Arguments.of(
            "no reserved bits", entry(bits -> (bits & large) == large ? bits & ~(1 << 21) : bits)),
        Arguments.of("A always set", entry(bits -> bits | EntryBits.ACCESSED)),
        Arguments.of("D always set", entry(bits -> bits | EntryBits.DIRTY)),
        Arguments.of("every page a user page", entry(bits -> bits | EntryBits.USER)),
        Arguments.of("every page writable", entry(bits -> bits | EntryBits.WRITABLE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void noticed(String rule, AccessModel.Factory wrong) throws Exception {
    RecordingReport report =
        new RecordingChecker(wrong, 5).check(TrimmedRecording.PROBE.copyTo(folder), read -> {});
    assertTrue(report.walks().disagree() > 0, rule);
    assertEquals(Verdict.DISAGREES, report.verdict());
    assertEquals(5, report.disagreements().size());
  }

  /** No guest recorded sets bits 20:13 of a large page's entry, where PSE-36 has its say. */
  @Test
  void theGuestsDoNotExercisePse36() throws Exception {
    AccessModel.Factory plain =
        (mode, profile) -> new ArchitecturalModel(mode, new Profile("without", 32, false, true));
    for (TrimmedRecording recording : TrimmedRecording.values()) {
      RecordingReport report =
          new RecordingChecker(plain, 5).check(recording.copyTo(folder), read -> {});
      assertEquals(Verdict.AGREES, report.verdict());
    }
  }

  @Test
  void aProfileWithoutPse36IsNoticedWhereItMatters() throws Exception {
    List<String> lines =
        List.of(
            TrimmedRecording.PROBE.lines().getFirst(),
            "{\"e\":\"mode\",\"cr0\":\"0x80010011\",\"cr4\":\"0x10\",\"efer\":\"0x0\",\"levels\":2,"
                + "\"wp\":1,\"nx\":0,\"pse\":1,\"smap\":0,\"smep\":0}",
            "{\"e\":\"walk\",\"addr\":\"0x1234\",\"pferr\":\"0x0\",\"cr3\":\"0x1000\",\"cpl\":0,"
                + "\"el\":[[\"0x8020a3\",2]],\"ok\":1}",
            "{\"e\":\"spte_req\",\"gfn\":\"0x100801\",\"lv\":1}");
    assertEquals(Verdict.AGREES, TrimmedRecording.check(folder, lines).verdict());
    AccessModel.Factory plain =
        (mode, profile) -> new ArchitecturalModel(mode, new Profile("without", 32, false, true));
    assertEquals(
        Verdict.DISAGREES,
        TrimmedRecording.check(folder, lines, new RecordingChecker(plain, 5)).verdict());
  }
}
