package io.vtlb.conformance.cli;

import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.expectation.ExpectationsFile;
import io.vtlb.conformance.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about failures that are known. */
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class ExpectationsOption {

  @Option(
      names = "--expectations",
      paramLabel = "FILE",
      description =
          "Known failures, by rule and optionally signature, with a link each: they do not fail"
              + " the run, and are told when they no longer occur (docs/expectations.md).")
  private @Nullable Path file;

  @Option(
      names = "--update-expectations",
      description =
          "Rewrite that file: add the rules that failed, take out what no longer does. It need not"
              + " exist.")
  private boolean update;

  @Option(
      names = "--by-signature",
      description =
          "Have --update-expectations add each way in which a rule failed, not the rule: another"
              + " way fails the run then, and one mistake may show in many.")
  private boolean bySignature;

  @Option(
      names = "--link",
      paramLabel = "URL",
      description = "Where failures are tracked that --update-expectations adds.")
  private @Nullable String link;

  /** What is wrong with the options as they were given, if anything is. */
  @Nullable String problem() {
    if (update && file == null) {
      return "--update-expectations needs --expectations FILE";
    }
    if (link != null && !update) {
      return "--link is for what --update-expectations adds";
    }
    if (bySignature && !update) {
      return "--by-signature is for what --update-expectations adds";
    }
    return link != null && link.isBlank() ? "--link must not be empty" : null;
  }

  /** The failures that are known. */
  List<Expectation> expected() {
    if (update && file != null) {
      UnusableFile.unlessWritable("--expectations", file);
    }
    return file == null || (update && Files.notExists(file))
        ? List.of()
        : ExpectationsFile.read(file);
  }

  /** Rewrites the file, if that was asked for; says so. */
  String update(Verification run) {
    if (!update || file == null) {
      return "";
    }
    List<Expectation> now =
        run.expected().updated(run, bySignature, link == null ? Expectation.UNFILED : link);
    try {
      ExpectationsFile.write(file, now);
    } catch (IOException e) {
      throw new UnusableFile("--expectations: " + file + " cannot be written: " + e.getMessage());
    }
    long unfiled = now.stream().filter(one -> one.link().equals(Expectation.UNFILED)).count();
    return "%s lists %d expected failures now%s%n"
        .formatted(
            file,
            now.size(),
            unfiled == 0 ? "" : "; %d of them have no link yet: fill it in".formatted(unfiled));
  }
}
