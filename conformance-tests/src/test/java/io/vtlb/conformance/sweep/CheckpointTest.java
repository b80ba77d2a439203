package io.vtlb.conformance.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sweep goes on from, and what it refuses. */
class CheckpointTest {

  private static final List<SweptMode> MODES = List.of(SweptMode.twoLevel());
  private static final Tally HALF =
      new Tally(2_000_000, 12, List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));

  @TempDir Path folder;

  private Path written(Tally tally) throws IOException {
    Path file = folder.resolve("sweep.json");
    Checkpoint.of("32", MODES, List.of(tally), true).write(file);
    return file;
  }

  private static String refusal(Path file, String selection, List<SweptMode> modes) {
    return assertThrows(BadCheckpoint.class, () -> Checkpoint.read(file, selection, modes))
        .getMessage();
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Path file = written(HALF);
    Checkpoint read = Checkpoint.read(file, "32", MODES);
    assertEquals(List.of(HALF), read.tallies());
    assertFalse(read.finished());
    assertEquals("32", Checkpoint.selection(file));
    assertArrayEquals(new String[] {"sweep.json"}, folder.toFile().list());
  }

  @Test
  void writingReplaces() throws Exception {
    written(Tally.NONE);
    assertEquals(List.of(HALF), Checkpoint.read(written(HALF), "32", MODES).tallies());
  }

  @Test
  void aFinishedSweepIsRefused() throws IOException {
    Path file = written(new Tally(MODES.getFirst().combinations(), 0, List.of()));
    assertTrue(
        refusal(file, "32", MODES).endsWith("is of a sweep that is finished; start a new one"));
  }

  @Test
  void aSweepThatWasLeftBeforeItsResultGoesOn() throws Exception {
    Tally all = new Tally(MODES.getFirst().combinations(), 0, List.of());
    Path file = folder.resolve("sweep.json");
    Checkpoint.of("32", MODES, List.of(all), false).write(file);
    assertEquals(List.of(all), Checkpoint.read(file, "32", MODES).tallies());
  }

  @Test
  void aSweepOfOtherModesIsRefused() throws IOException {
    List<SweptMode> pae = List.of(SweptMode.pae());
    assertTrue(refusal(written(HALF), "pae", pae).endsWith("is of a sweep of 32, not of pae"));
    assertTrue(refusal(written(HALF), "32", pae).contains("another version of the sweep"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "[]",
        "{}",
        "{\"schema\":\"vtlb-trace/1\"}",
        "{\"schema\":\"vtlb-sweep-checkpoint/1\"}",
        "{\"schema\":\"vtlb-sweep-checkpoint/1\",\"selection\":32}"
      })
  void anotherFileIsRefused(String content) throws IOException {
    Path file = folder.resolve("other");
    Files.writeString(file, content);
    assertTrue(refusal(file, "32", MODES).contains("is no checkpoint of a sweep"));
  }

  @Test
  void numbersThatCannotBeAreRefused() throws IOException {
    Path file = written(HALF);
    String good = Files.readString(file);
    for (String[] change :
        new String[][] {
          {"2000000", "-1"},
          {"2000000", "99999999999"},
          {"2000000", "2.5"},
          {"2000000", "\"many\""},
          {"\"disagreements\" : 12", "\"disagreements\" : 3"},
          {"\"modes\"", "\"other\""},
        }) {
      Files.writeString(file, good.replace(change[0], change[1]));
      assertTrue(refusal(file, "32", MODES).contains("is no checkpoint of a sweep"), change[1]);
    }
  }

  @Test
  void noFileIsRefused() {
    assertTrue(refusal(folder.resolve("none"), "32", MODES).endsWith("none is no file"));
    assertTrue(refusal(folder, "32", MODES).endsWith("is no file"));
  }
}
