package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of known failures, as it is read and rewritten. */
class ExpectationsTest {

  @TempDir private Path folder;

  private static Typed verify(Path file, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "verify",
                "--target",
                "fault:invlpg-ignored",
                "--strategy",
                "random",
                "--sequences",
                "1500",
                "--expectations",
                file.toString()));
    words.addAll(List.of(more));
    return Typed.of((Object[]) words.toArray(String[]::new));
  }

  @Test
  void fromTheFirstFailureToARunThatKnowsThemAll() throws IOException {
    Path file = folder.resolve("known.json");
    int runs = 0;
    Typed typed;
    do {
      typed = verify(file, "--update-expectations", "--link", "https://example.org/17");
      assertTrue(typed.out().contains(file + " lists "), typed.out());
      runs++;
    } while (typed.code() == 1 && runs < 4);
    assertEquals(0, typed.code(), typed.out());
    assertTrue(runs > 1, "the first run fails");
    String listed = Files.readString(file);
    assertTrue(listed.contains("\"rule\" : \"TLB-1\""), listed);
    assertTrue(listed.contains("https://example.org/17"), listed);

    Typed known = verify(file);
    known.assertExits(0);
    assertTrue(known.out().contains("expected-failure: in "), known.out());
    assertTrue(known.out().contains("but for "), known.out());
    assertEquals(listed, Files.readString(file), "only an update writes");
  }

  @Test
  void bySignatureThereIsALineForEachWay() throws IOException {
    Path file = folder.resolve("ways.json");
    verify(file, "--update-expectations", "--by-signature").assertExits(1);
    String listed = Files.readString(file);
    assertTrue(listed.split("\"signature\"", -1).length > 2, listed);
  }

  @Test
  void withoutALinkTheNewOnesAreUnfiled() {
    Path file = folder.resolve("unfiled.json");
    Typed typed = verify(file, "--update-expectations");
    typed.assertExits(1);
    assertTrue(typed.out().contains(" have no link yet: fill it in"), typed.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                    | field "version": is missing
          []                                                                    | is not a JSON object
          {"version":2,"expected":[]}                                           | field "version": must be 1
          {"version":1,"expected":[{"rule":"TLB-99","link":"x"}]}               | "TLB-99" is no rule
          {"version":1,"expected":[{"rule":"PERIODIC-1","link":"x"}]}           | follows from others
          {"version":1,"expected":[{"rule":"TLB-1"}]}                           | link": is missing
          {"version":1,"expected":[{"rule":"TLB-1","link":" "}]}                | must say where
          {"version":1,"expected":[{"rule":"TLB-1","link":"x","signature":"7"}]}| eight digits
          {"version":1,"expected":[{"rule":"TLB-1","link":"x"},{"rule":"TLB-1","link":"y"}]} | is listed twice
          """)
  void badFilesAreRefused(String text, String told) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), text);
    verify(file).assertRefused(told);
  }

  @Test
  void aFileThatIsNotThere() {
    verify(folder.resolve("none.json")).assertRefused("none.json: cannot be read");
  }

  @Test
  void optionsThatNeedEachOther() {
    Typed.of("verify", "--update-expectations").assertRefused("needs --expectations FILE");
    Typed.of("verify", "--update-expectations", "--expectations", "no/such/folder/known.json")
        .assertRefused("cannot write to the folder of no/such/folder/known.json");
    Typed.of("verify", "--link", "x").assertRefused("--link is for what");
    Typed.of("verify", "--by-signature").assertRefused("--by-signature is for what");
  }
}
