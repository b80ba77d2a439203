package io.vtlb.conformance.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header is of use to whoever has to include it. */
class HeaderTest {

  private static final Path HEADER = CCompiler.INCLUDE.resolve("vtlb.h");

  @ParameterizedTest
  @ValueSource(strings = {"c99", "c11"})
  void itIsPlainC(String standard) throws IOException, InterruptedException {
    CCompiler.run("cc", check("-x", "c", "-std=" + standard));
  }

  @Test
  void itIsPlainCPlusPlus() throws IOException, InterruptedException {
    CCompiler.run("g++", check("-x", "c++", "-std=c++11"));
  }

  private static List<String> check(String... language) {
    List<String> arguments = new ArrayList<>(List.of(language));
    arguments.addAll(List.of("-fsyntax-only", "-Wall", "-Wextra", "-pedantic", "-Werror"));
    arguments.add(HEADER.toString());
    return arguments;
  }
}
