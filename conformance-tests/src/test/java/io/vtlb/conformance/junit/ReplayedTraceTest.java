package io.vtlb.conformance.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.cli.ReplayCommand;
import io.vtlb.conformance.process.CommandWords;
import io.vtlb.conformance.starter.ShellWord;
import io.vtlb.conformance.target.TargetPlace;
import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.Target;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The way from a failed test to the same thing again, on the command line and as a test. */
class ReplayedTraceTest {

  @TempDir private Path folder;

  /**
   * A target inside another class, whose name has a character that a shell takes for a variable.
   */
  public static final class Nested extends WrappedVmm {

    /** As the command line makes it. */
    public Nested() {}

    @Override
    public Response handle(Event event) {
      throw new IllegalStateException("no answer");
    }
  }

  private String message() {
    return message(Fragile::new);
  }

  private String message(Supplier<? extends Target> maker) {
    return Executed.of(
            Conformance.of(maker).strategy("random").sequences(50), folder.resolve("traces"))
        .message(Executed.STAYS);
  }

  @Test
  void namesAreQuotedForAShell() {
    String command = ConformanceTest.text(message(Nested::new), "replay: ");
    assertTrue(command.contains(" --target 'class:" + Nested.class.getName() + "'"), command);
    String trace = CommandWords.of(command).get(2);
    assertTrue(Files.isRegularFile(Path.of(trace)), command);
  }

  @Test
  void theReplayCommandThatTheMessageShows() {
    String command = ConformanceTest.text(message(), "replay: ");
    assertTrue(command.startsWith("vtlb replay " + folder), command);
    assertTrue(command.contains(" --target class:" + Fragile.class.getName()), command);
    StringWriter out = new StringWriter();
    CommandLine vtlb = new CommandLine(new ReplayCommand()).setOut(new PrintWriter(out));
    String[] words = command.split(" ", -1);
    int code = vtlb.execute(List.of(words).subList(2, words.length).toArray(String[]::new));
    assertEquals(3, code, out::toString);
    assertTrue(
        out.toString().endsWith("reproduced: the recorded verdict comes out again\n"),
        out::toString);
  }

  @Test
  void aNamedClassIsFoundWhereTheTestsFindIt() {
    Path classes = TargetPlace.of(Fragile.class).orElseThrow();
    Subject subject = Subject.named("class:" + Fragile.class.getName(), List.of());
    assertEquals(" --classpath " + ShellWord.of(classes.toString()), subject.place().get());
    assertEquals("", Subject.named("bundled", List.of()).place().get());
  }

  @Test
  void aTraceAsATest() {
    Path trace = Path.of(ConformanceTest.text(message(), "trace:  "));
    Executed wrong = Executed.of(List.of(Conformance.of(Fragile::new).replay(trace)));
    assertEquals(List.of("nothing"), wrong.failed());
    assertTrue(wrong.message("nothing").contains("threw java.lang.IllegalState"), wrong::toString);
    Executed right = Executed.of(List.of(Conformance.of(ReferenceVmm::new).replay(trace)));
    assertEquals(List.of("nothing"), right.passed());
  }
}
