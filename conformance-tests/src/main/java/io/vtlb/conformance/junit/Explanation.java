package io.vtlb.conformance.junit;

import io.vtlb.conformance.report.CounterexampleText;
import io.vtlb.conformance.starter.ShellWord;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Flake;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.model.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a failed test says: what happened, and how to see it again. */
final class Explanation {

  private final SharedRun shared;
  private final Settings settings;

  Explanation(SharedRun shared, Settings settings) {
    this.shared = shared;
    this.settings = settings;
  }

  /** A rule that is broken, by the minimal counterexample if there is one, which is written. */
  String of(RuleVerdict verdict) {
    Rule rule = verdict.rule();
    StringBuilder text = new StringBuilder("%s fails: %s%n".formatted(rule, verdict.reason()));
    for (Counterexample found : shared.findings().counterexamples()) {
      if (found.violation().rule() == rule) {
        text.append('\n').append(CounterexampleText.of(found, shared.run().plan()));
        text.append('\n').append(again(rule.id(), found.trace()));
      }
    }
    flakes(rule.id()).forEach(flake -> text.append('\n').append(told(flake)));
    return text.toString();
  }

  /** The ways in which the target failed, each with a minimal sequence, which is written. */
  String ofCrashes() {
    Findings findings = shared.findings();
    List<String> told = new ArrayList<>();
    for (Reproducer found : findings.reproducers()) {
      String name = told.isEmpty() ? "crash" : "crash-" + (told.size() + 1);
      told.add(
          CounterexampleText.of(found, shared.run().plan()) + "\n" + again(name, found.trace()));
    }
    findings.flakes().stream()
        .filter(flake -> Rule.byId(flake.what()).isEmpty())
        .forEach(flake -> told.add(told(flake)));
    return String.join("\n\n", told);
  }

  private Stream<Flake> flakes(String what) {
    return shared.findings().flakes().stream().filter(flake -> flake.what().equals(what));
  }

  private String told(Flake flake) {
    return CounterexampleText.of(flake, shared.run().plan())
        + "run:    "
        + settings.generation().words();
  }

  private String again(String name, RecordedTrace trace) {
    String target = shared.target().name();
    Path file =
        settings
            .traces()
            .toAbsolutePath()
            .normalize()
            .resolve(target.replaceAll("[^A-Za-z0-9._$-]+", "-"))
            .resolve(name + ".jsonl");
    return "run:    %s%ntrace:  %s%nreplay: %s"
        .formatted(settings.generation().words(), written(trace, file), replay(target, file));
  }

  private String replay(String target, Path file) {
    return target.startsWith("object:")
        ? "Conformance.of(...).replay(Path.of(\"%s\"))".formatted(file)
        : "vtlb replay %s --target %s%s"
            .formatted(ShellWord.of(file.toString()), ShellWord.of(target), shared.place());
  }

  /** The trace's file, or why it is not there: the message must not be lost with it. */
  private static String written(RecordedTrace trace, Path file) {
    try {
      Files.createDirectories(file.getParent());
      TraceWriter.write(trace, file);
      return file.toString();
    } catch (IOException e) {
      return "%s cannot be written: %s".formatted(file, e);
    }
  }
}
