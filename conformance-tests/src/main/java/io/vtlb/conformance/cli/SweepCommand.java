package io.vtlb.conformance.cli;

import io.vtlb.conformance.emulator.EmulatorException;
import io.vtlb.conformance.emulator.EmulatorOptions;
import io.vtlb.conformance.emulator.Executable;
import io.vtlb.conformance.emulator.comparison.EmulatorWitness;
import io.vtlb.conformance.emulator.comparison.Emulators;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.sweep.BadCheckpoint;
import io.vtlb.conformance.sweep.Checkpoint;
import io.vtlb.conformance.sweep.Subject;
import io.vtlb.conformance.sweep.Sweep;
import io.vtlb.conformance.sweep.SweepJson;
import io.vtlb.conformance.sweep.SweepReport;
import io.vtlb.conformance.sweep.SweepText;
import io.vtlb.conformance.sweep.SweptMode;
import io.vtlb.conformance.sweep.Tally;
import io.vtlb.conformance.sweep.UpperLevels;
import io.vtlb.conformance.sweep.WitnessResult;
import io.vtlb.conformance.sweep.WitnessSample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb sweep}: every combination of entries, control bits and access, judged twice. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the model with a second formulation, in every combination of bits.",
      "These are the entry bits of the two lowest levels, the state that upper levels accumulate,"
          + " the control bits and the access. The second formulation is written apart from the"
          + " model."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:both agree everywhere",
      "1:they disagree on a combination",
      "2:wrong usage, or a file that is no checkpoint to go on from",
      "3:interrupted; the checkpoint, if one was asked for, is valid",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb sweep",
      "  vtlb sweep --mode pae --json | jq .modes",
      "  vtlb sweep --checkpoint sweep.json",
      "  vtlb sweep --resume sweep.json",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class SweepCommand implements Callable<Integer> {

  private static final int MOST_JOBS = 256;
  private static final long NANOS_BETWEEN_CHECKPOINTS = 1_000_000_000;
  private static final String MIXED = "mixed";
  private static final List<String> SELECTIONS = List.of("32", "pae", "4level", "5level", MIXED);

  @Spec private CommandSpec spec;

  @Option(
      names = "--mode",
      converter = ModeOption.Word.class,
      paramLabel = "M",
      description = "32, pae, 4level, 5level, or mixed for all of them (default: mixed).")
  private @Nullable ModeChoice mode;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Keep a new file up to date with how far the sweep has come.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Go on from such a file, and keep it up to date.")
  private @Nullable Path resume;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads (default: one for each processor); no influence on the result.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--without-emulator",
      description = "Do not ask an emulator about a sample, even if there is one.")
  private boolean withoutEmulator;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    require(jobs >= 1 && jobs <= MOST_JOBS, "--jobs must be 1 to " + MOST_JOBS + ", not " + jobs);
    require(checkpoint == null || resume == null, "give either --checkpoint or --resume, not both");
    String selection = selection();
    List<SweptMode> modes = modes(selection);
    List<Tally> before = before(selection, modes);
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.println(SweepText.plan(modes));
      out.flush();
    }
    SweepReport report = run(selection, modes, before);
    out.print(json ? SweepJson.of(report).toPrettyString() + "\n" : SweepText.of(report));
    out.flush();
    List<Tally> all = report.modes().stream().map(SweepReport.ModeResult::tally).toList();
    keep(Checkpoint.of(selection, modes, all, true));
    return report.agrees() ? 0 : 1;
  }

  private static List<SweptMode> modes(String selection) {
    return switch (selection) {
      case "32" -> List.of(SweptMode.twoLevel());
      case "pae" -> List.of(SweptMode.pae());
      case "4level" -> List.of(SweptMode.fourLevel());
      case "5level" -> List.of(SweptMode.fiveLevel());
      default ->
          List.of(
              SweptMode.twoLevel(), SweptMode.pae(), SweptMode.fourLevel(), SweptMode.fiveLevel());
    };
  }

  /** What was asked for; what the checkpoint is about if nothing was. */
  private String selection() {
    if (mode != null || resume == null) {
      return mode == null ? MIXED : mode.word();
    }
    try {
      String recorded = Checkpoint.selection(resume);
      if (!SELECTIONS.contains(recorded)) {
        throw new UnusableFile("--resume: " + resume + " is of modes that there are not");
      }
      return recorded;
    } catch (BadCheckpoint bad) {
      throw new UnusableFile("--resume: " + bad.getMessage());
    }
  }

  /** What earlier runs have compared of each mode. */
  private List<Tally> before(String selection, List<SweptMode> modes) {
    if (resume != null) {
      try {
        return Checkpoint.read(resume, selection, modes).tallies();
      } catch (BadCheckpoint bad) {
        throw new UnusableFile("--resume: " + bad.getMessage());
      }
    }
    List<Tally> nothing = modes.stream().map(swept -> Tally.NONE).toList();
    if (checkpoint != null) {
      if (Files.exists(checkpoint)) {
        throw new UnusableFile(
            "--checkpoint: %s exists; go on from it with --resume, or name another file"
                .formatted(checkpoint));
      }
      write(checkpoint, "--checkpoint", Checkpoint.of(selection, modes, nothing, false));
    }
    return nothing;
  }

  private SweepReport run(String selection, List<SweptMode> modes, List<Tally> before) {
    List<Tally> tallies = new ArrayList<>(before);
    List<Long> nanos = new ArrayList<>();
    long total = modes.stream().mapToLong(SweptMode::combinations).sum();
    try (TerminalProgress bar = TerminalProgress.of("sweeping", "combinations", total, json)) {
      Keeper keeper = new Keeper(selection, modes, tallies, bar);
      for (int i = 0; i < modes.size(); i++) {
        int index = i;
        long start = System.nanoTime();
        new Sweep(modes.get(i), Subject::model)
            .from(before.get(i), jobs, tally -> keeper.at(index, tally));
        nanos.add(System.nanoTime() - start);
      }
      keeper.keep();
    }
    long start = System.nanoTime();
    List<UpperLevels.Result> lemma =
        modes.stream().map(swept -> UpperLevels.check(swept.mode(), Subject::model)).toList();
    Duration lemmaTime = Duration.ofNanos(System.nanoTime() - start);
    List<SweepReport.ModeResult> results = new ArrayList<>();
    for (int i = 0; i < modes.size(); i++) {
      results.add(
          SweepReport.ModeResult.of(
              modes.get(i),
              tallies.get(i),
              before.get(i).compared(),
              Duration.ofNanos(nanos.get(i)),
              Subject::model));
    }
    return new SweepReport(results, lemma, lemmaTime, witness(modes));
  }

  /** An emulator, where there is one, is asked about a sample. */
  private WitnessResult witness(List<SweptMode> modes) {
    WitnessSample sample = new WitnessSample(modes);
    if (withoutEmulator) {
      return WitnessResult.absent("not asked (--without-emulator)", sample.size());
    }
    try (Emulators emulators = new Emulators(EmulatorOptions.QEMU);
        TerminalProgress bar =
            TerminalProgress.of("asking the emulator", "accesses", sample.size(), json)) {
      Optional<String> missing = emulators.whyMissing();
      return missing.isPresent()
          ? WitnessResult.absent(missing.get(), sample.size())
          : sample.ask(
              new EmulatorWitness(
                  Executable.version(EmulatorOptions.QEMU).orElse(EmulatorOptions.QEMU), emulators),
              asked -> bar.at(asked, 0));
    } catch (EmulatorException failure) {
      return WitnessResult.absent(String.valueOf(failure.getMessage()), sample.size());
    }
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private void keep(Checkpoint state) {
    Path file = resume != null ? resume : checkpoint;
    if (file != null) {
      write(file, resume != null ? "--resume" : "--checkpoint", state);
    }
  }

  private static void write(Path file, String option, Checkpoint state) {
    try {
      state.write(file);
    } catch (IOException e) {
      throw new UnusableFile(option + ": " + file + " cannot be written: " + e.getMessage());
    }
  }

  /** Shows and keeps how far the sweep has come. */
  private final class Keeper {

    private final String selection;
    private final List<SweptMode> modes;
    private final List<Tally> tallies;
    private final TerminalProgress bar;
    private long kept = System.nanoTime();

    Keeper(String selection, List<SweptMode> modes, List<Tally> tallies, TerminalProgress bar) {
      this.selection = selection;
      this.modes = modes;
      this.tallies = tallies;
      this.bar = bar;
    }

    void at(int index, Tally tally) {
      tallies.set(index, tally);
      long compared = tallies.stream().mapToLong(Tally::compared).sum();
      long disagreements = tallies.stream().mapToLong(Tally::disagreements).sum();
      bar.at(compared, (int) Math.min(disagreements, Integer.MAX_VALUE));
      if (System.nanoTime() - kept >= NANOS_BETWEEN_CHECKPOINTS) {
        keep();
        kept = System.nanoTime();
      }
    }

    void keep() {
      SweepCommand.this.keep(Checkpoint.of(selection, modes, tallies, false));
    }
  }
}
