package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code vtlb sweep} as a user types it. */
class SweepCommandTest {

  @TempDir Path folder;

  private static ObjectNode sweptTwoLevel(Object... more) {
    Object[] command = new Object[5 + more.length];
    System.arraycopy(
        new Object[] {"sweep", "--without-emulator", "--mode", "32", "--json"}, 0, command, 0, 5);
    System.arraycopy(more, 0, command, 5, more.length);
    Typed typed = Typed.of(command);
    assertEquals(0, typed.code(), typed.err());
    return (ObjectNode) typed.json();
  }

  private static ObjectNode withoutTimings(ObjectNode json) {
    json.remove("timings");
    return json;
  }

  @Test
  void theTotalIsSaidBeforeTheResult() {
    Typed typed = Typed.of("sweep", "--without-emulator", "--mode", "32", "--jobs", 1);
    typed.assertExits(0);
    assertTrue(typed.out().startsWith("32-bit         4,056,000 combinations = "), typed.out());
    assertTrue(typed.out().contains("\nemulator: not available, "), typed.out());
    assertTrue(typed.out().contains("\nlemma (upper levels "), typed.out());
    assertTrue(typed.out().endsWith("\nagrees: 4,056,000 combinations compared\n"), typed.out());
  }

  @Test
  void theDocumentHasTheKeysThatArePublic() {
    ObjectNode json = sweptTwoLevel();
    assertEquals("agrees", json.path("verdict").asString());
    JsonNode mode = json.path("modes").path(0);
    assertEquals("32-bit", mode.path("mode").asString());
    assertEquals(4_056_000, mode.path("combinations").asLong());
    assertEquals(4_056_000, mode.path("compared").asLong());
    assertEquals(0, mode.path("disagreements").asLong());
    assertEquals(3, mode.path("sections").size());
    assertTrue(mode.path("sections").path(0).path("combinations").isIntegralNumber());
    assertTrue(json.path("lemma").path("walks").isIntegralNumber());
    assertTrue(json.path("emulator").path("available").isBoolean());
    assertTrue(json.path("timings").path("modes").path(0).path("seconds").isNumber());
  }

  @Test
  void aSweepThatGoesOnEndsLikeOneThatWasNeverLeft() throws IOException {
    Path file = folder.resolve("sweep.json");
    ObjectNode whole = withoutTimings(sweptTwoLevel("--checkpoint", file));
    String finished = Files.readString(file);
    assertTrue(finished.contains("\"finished\" : true"), finished);
    Typed.of("sweep", "--resume", file).assertRefused("is of a sweep that is finished");
    Typed.of("sweep", "--checkpoint", file).assertRefused("exists; go on from it with --resume");
    Files.writeString(file, finished.replace("4056000", "3000001").replace(": true", ": false"));
    ObjectNode resumed = sweptTwoLevel("--resume", file);
    assertEquals(3_000_001, resumed.path("timings").path("modes").path(0).path("resumed").asLong());
    assertEquals(whole, withoutTimings(resumed));
    assertEquals(finished, Files.readString(file));
  }

  @Test
  void aSweepThatWasLeftBeforeItsResultSaysIt() throws IOException {
    Path file = folder.resolve("sweep.json");
    sweptTwoLevel("--checkpoint", file);
    String finished = Files.readString(file);
    Files.writeString(file, finished.replace(": true", ": false"));
    assertEquals("agrees", sweptTwoLevel("--resume", file).path("verdict").asString());
    assertEquals(finished, Files.readString(file));
  }

  @Test
  void theCheckpointSaysWhichModesItIsOf() throws IOException {
    Path file = folder.resolve("sweep.json");
    sweptTwoLevel("--checkpoint", file);
    Files.writeString(file, Files.readString(file).replace("4056000", "4000000"));
    Typed typed = Typed.of("sweep", "--without-emulator", "--resume", file);
    typed.assertExits(0);
    assertTrue(typed.out().contains("(4,000,000 of them before)"), typed.out());
    Typed.of("sweep", "--resume", file, "--mode", "pae").assertRefused("of 32, not of pae");
  }

  @ParameterizedTest
  @CsvSource({
    "--mode,        64,     '''64'' is no mode'",
    "--jobs,        0,      --jobs must be 1 to 256",
    "--jobs,        many,   --jobs",
    "--resume,      none,   none is no file",
    "--checkpoint,  no/no,  --checkpoint: no/no cannot be written"
  })
  void badInputIsOneLine(String option, String value, String culprit) {
    Typed.of("sweep", option, value).assertRefused(culprit);
  }

  @Test
  void aNewCheckpointAndAnOldOneAtOnceAreRefused() {
    Typed.of("sweep", "--resume", "a", "--checkpoint", "b")
        .assertRefused("give either --checkpoint or --resume");
  }

  @Test
  void anotherFileIsNoCheckpoint() throws IOException {
    Path file = folder.resolve("trace.jsonl");
    Files.writeString(file, "{\"record\":\"world\"}\n");
    Typed.of("sweep", "--resume", file).assertRefused("is no checkpoint of a sweep");
  }

  @Test
  void helpShowsExamples() {
    Typed typed = Typed.of("sweep", "--help");
    typed.assertExits(0);
    assertTrue(typed.out().startsWith("Usage: vtlb sweep"), typed.out());
    assertTrue(typed.out().contains("\nExamples:\n  vtlb sweep"), typed.out());
  }
}
