package io.vtlb.conformance.emulator.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.conformance.emulator.EmulatorOptions;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulator agrees with the model, and with no model that is wrong. */
class ComparisonTest {

  private static final int PROBES = 1500;
  private static final long SEED = 20261122;

  /** Every mode, for {@code @FieldSource}. */
  static final List<PagingMode> MODES = PagingMode.ALL;

  private static final Emulators EMULATORS = new Emulators(EmulatorOptions.QEMU);

  @BeforeAll
  static void open() {
    Optional<String> missing = EMULATORS.whyMissing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }

  @AfterAll
  static void close() {
    EMULATORS.close();
  }

  private static ComparisonReport compare(AccessModel model, List<PagingMode> modes, long probes) {
    return new ComparisonRun(model, EMULATORS, SEED).compare("", modes, probes, Progress.NONE);
  }

  @ParameterizedTest
  @FieldSource("MODES")
  void theModelAgrees(PagingMode mode) {
    ComparisonReport report = compare(new ReferenceModel(), List.of(mode), PROBES);
    assertEquals(List.of(), report.deviations());
    assertEquals(PROBES, report.agreeing() + report.explained());
    assertEquals(List.of(), report.unseen());
  }

  @Test
  void theSameSeedGivesTheSame() {
    ComparisonReport once = compare(new ReferenceModel(), PagingMode.ALL, 500);
    ComparisonReport twice = compare(new ReferenceModel(), PagingMode.ALL, 500);
    assertEquals(once.known(), twice.known());
    assertEquals(once.agreeing(), twice.agreeing());
    assertEquals(500, once.probes());
  }

  private static AccessModel control(UnaryOperator<ControlState> misled) {
    AccessModel model = new ReferenceModel();
    return (access, control, profile, memory) ->
        model.of(access, misled.apply(control), profile, memory);
  }

  private static AccessModel access(UnaryOperator<Access> misled) {
    AccessModel model = new ReferenceModel();
    return (access, control, profile, memory) ->
        model.of(misled.apply(access), control, profile, memory);
  }

  private static AccessModel without(ControlRegister register, long bit) {
    return control(control -> control.with(register, control.get(register) & ~bit));
  }

  private static Arguments wrong(PagingMode mode, String what, AccessModel model) {
    return Arguments.argumentSet(what, mode, model);
  }

  static List<Arguments> wrongModels() {
    PagingMode four = PagingMode.FOUR_LEVEL;
    return List.of(
        wrong(PagingMode.TWO_LEVEL, "no SMEP", without(ControlRegister.CR4, ControlState.CR4_SMEP)),
        wrong(PagingMode.TWO_LEVEL, "no PSE", without(ControlRegister.CR4, ControlState.CR4_PSE)),
        wrong(PagingMode.TWO_LEVEL, "no WP", without(ControlRegister.CR0, ControlState.CR0_WP)),
        wrong(PagingMode.PAE, "no SMAP", without(ControlRegister.CR4, ControlState.CR4_SMAP)),
        wrong(PagingMode.PAE, "XD is always reserved", withoutNxe()),
        wrong(four, "XD is always reserved", withoutNxe()),
        wrong(four, "no keys", without(ControlRegister.CR4, ControlState.CR4_PKE)),
        wrong(
            four,
            "XD is never reserved",
            control(control ->
                control.with(ControlRegister.EFER, control.efer() | ControlState.EFER_NXE))),
        wrong(
            four,
            "AC does not matter",
            access(access ->
                access.set() == PrivilegeSet.SUPERVISOR_AC
                    ? new Access(
                        access.address(),
                        access.kind(),
                        PrivilegeSet.SUPERVISOR,
                        access.pkru(),
                        access.bytes())
                    : access)),
        wrong(
            PagingMode.FIVE_LEVEL,
            "one PKRU bit is lost",
            access(access ->
                new Access(
                    access.address(),
                    access.kind(),
                    access.set(),
                    access.pkru() & ~(1 << 31),
                    access.bytes()))));
  }

  private static AccessModel withoutNxe() {
    return without(ControlRegister.EFER, ControlState.EFER_NXE);
  }

  @ParameterizedTest
  @MethodSource("wrongModels")
  void aWrongModelIsReported(PagingMode mode, AccessModel wrong) {
    ComparisonReport report = compare(wrong, List.of(mode), PROBES);
    assertTrue(report.deviating() > 0);
    assertFalse(report.deviations().isEmpty());
    assertTrue(report.deviations().size() <= ComparisonRun.KEPT);
  }
}
