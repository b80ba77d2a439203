package io.vtlb.conformance.starter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that a target can be begun in, with the files of the beginning. */
public enum Language {
  /** A Maven project whose one test is the kit's suite for the target. */
  JAVA(
      "pom.xml",
      "src/main/java/org/example/MyTlb.java",
      "src/test/java/org/example/MyTlbTest.java"),
  /** The functions of the C interface, as a library and, with a second file, as a program. */
  C("Makefile", "tlb.c", "jsonlines.c", "answers.h", "json.h", "mirror.h", "vtlb.h"),
  /** One file, standard library only. */
  PYTHON("tlb.py"),
  /** A Cargo project without dependencies. */
  RUST("Cargo.toml", "src/main.rs", "src/json.rs", "src/memory.rs");

  @SuppressWarnings("ImmutableEnumChecker") // List.of strings
  private final List<String> files;

  Language(String... files) {
    this.files = List.of(files);
  }

  /** The word that names the language on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The language of a word, in lower or upper case. */
  public static Optional<Language> of(String word) {
    return Arrays.stream(values())
        .filter(language -> language.word().equalsIgnoreCase(word))
        .findFirst();
  }

  /** Every word, in the order in which they are shown. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Language::word).toList();
  }

  /** Where its files stand in the folder of a target, separated by slashes. */
  public List<String> files() {
    return files;
  }
}
