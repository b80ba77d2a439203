package io.vtlb.conformance.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is there, up to date, and what is said to type next fits it. */
class StarterTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir private Path place;

  @ParameterizedTest
  @EnumSource
  void everyFileIsWritten(Language language) throws IOException {
    Path folder = place.resolve("mine");
    new Starter(language, folder).write();
    for (String file : language.files()) {
      assertTrue(Files.size(folder.resolve(file)) > 0, file);
    }
  }

  @Test
  void filesOfTheExamplesAreAsTheyStandThere() throws IOException {
    new Starter(Language.C, place.resolve("c")).write();
    same("include/vtlb.h", "c/vtlb.h");
    for (String file : new String[] {"jsonlines.c", "answers.h", "json.h", "mirror.h"}) {
      same("conformance-tests/examples/c/" + file, "c/" + file);
    }
    new Starter(Language.RUST, place.resolve("rust")).write();
    same("conformance-tests/examples/rust/src/json.rs", "rust/src/json.rs");
    same("conformance-tests/examples/rust/src/memory.rs", "rust/src/memory.rs");
  }

  private void same(String original, String written) throws IOException {
    assertEquals(
        Files.readString(ROOT.resolve(original)), Files.readString(place.resolve(written)));
  }

  @Test
  void theJavaProjectNamesThisVersion() throws IOException {
    new Starter(Language.JAVA, place.resolve("java")).write();
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    String version =
        parent.substring(parent.indexOf("<version>") + 9, parent.indexOf("</version>"));
    String pom = Files.readString(place.resolve("java/pom.xml"));
    assertTrue(pom.contains("<vtlb.version>" + version + "</vtlb.version>"), version);
  }

  @Test
  void commandsNameTheFolderAsTheUserDid() {
    assertEquals(
        List.of("./vtlb verify --target 'exec:python3 my-tlb/tlb.py'"),
        new Starter(Language.PYTHON, Path.of("my-tlb")).next());
    assertEquals(
        List.of(
            "make -C '/my dir'",
            "./vtlb verify --target 'exec:'\\''/my dir/tlb'\\'''",
            "./vtlb verify --target 'lib:/my dir/libtlb.so'"),
        new Starter(Language.C, Path.of("/my dir")).next());
    assertEquals(
        "./vtlb verify --target exec:my-tlb/target/release/my-tlb",
        new Starter(Language.RUST, Path.of("my-tlb")).next().getLast());
    assertEquals(
        "mvn -f my-tlb/pom.xml test",
        new Starter(Language.JAVA, Path.of("my-tlb")).next().getLast());
  }
}
